/** Paper is white, holds no controls, starts each part on a new page and unfolds the worst findings: a browser fails on a thousand. */
export const printStyle = `
.print-only { display: none; }
@media print {
  :root, :root[data-theme] { color-scheme: light; --paper: #fff; }
  @page { margin: 16mm 14mm; }
  html { font-size: 9.5pt; }
  nav, .filter, #theme, .skip, #count { display: none !important; }
  header, .page, footer { max-width: none; padding-inline: 0; }
  .page { display: block; margin-top: 0.6rem; }
  main { border: 0; }
  section { break-before: page; border: 0; padding: 0; }
  #summary { break-before: auto; padding-top: 1rem; }
  h2, h3, h4, summary { break-after: avoid; }
  tr, .worst li, .risk, .tiles div, figure { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  .statement { font-size: 13pt; }
  .badge, .f-critical, .f-high, .f-medium, .f-low, .f-info, .matrix td, .level, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
  .print-only { display: block; }
  #list > li:nth-child(-n + 200) > details::details-content, .risk details::details-content { content-visibility: visible; display: block; height: auto; }
  .findings summary::after { content: none !important; }
}
`;
