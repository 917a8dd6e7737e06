/** Paper is white, holds no controls, starts each part on a new page and shows what was folded. */
export const printStyle = `
@media print {
  :root, :root[data-theme] { color-scheme: light; --paper: #fff; }
  @page { margin: 16mm 14mm; }
  body { font-size: 9.5pt; }
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
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .findings summary::after { content: none !important; }
  .checks details::details-content { display: none; }
}
`;
