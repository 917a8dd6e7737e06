/** Figures, tables, lists and the parts of a finding. */
export const componentStyle = `
.statement { font: 400 clamp(1.2rem, 1rem + 0.9vw, 1.5rem)/1.45 var(--serif); max-width: 46rem; margin: 0.4rem 0 1.8rem; text-wrap: pretty; }
.statement a { color: inherit; text-decoration: underline; text-decoration-color: var(--strong-rule); text-decoration-style: dotted; text-decoration-thickness: 1px; }
.statement a:hover { text-decoration-color: var(--accent); }
.figures { display: flex; flex-wrap: wrap; gap: 1.5rem 2.6rem; align-items: center; padding: 1.4rem 0; border-block: 1px solid var(--rule); }
.ring { width: 9.5rem; height: 9.5rem; flex: none; }
.ring-part { fill: none; stroke-width: 13; }
.ring-total { font: 600 26px var(--serif); fill: var(--ink); }
.ring-word { font: 11px var(--sans); fill: var(--quiet); }
.r-track { stroke: var(--track); }
.r-critical { stroke: var(--critical); } .r-high { stroke: var(--high); } .r-medium { stroke: var(--medium); } .r-low { stroke: var(--low); } .r-info { stroke: var(--info); }
.f-critical { fill: var(--critical); } .f-high { fill: var(--high); } .f-medium { fill: var(--medium); } .f-low { fill: var(--low); } .f-info { fill: var(--info); }
.f-track { fill: var(--track); } .f-plain { fill: var(--accent); } .f-unknown { fill: var(--strong-rule); }
.legend { list-style: none; padding: 0; margin: 0; display: grid; gap: 0.3rem; }
.legend li { display: flex; justify-content: space-between; gap: 1.4rem; font-variant-numeric: tabular-nums; }
.tiles { display: grid; grid-template-columns: repeat(2, minmax(8rem, 1fr)); gap: 1rem 2.4rem; margin: 0; flex: 1 1 18rem; }
.tiles div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.tiles dt { font-size: 0.875rem; color: var(--quiet); }
.tiles dd { margin: 0; font: 600 1.7rem/1.2 var(--serif); font-variant-numeric: tabular-nums lining-nums; }
.tiles dd a { color: var(--ink); text-decoration-color: var(--rule); }
.badge { display: inline-flex; gap: 0.35em; align-items: baseline; font-size: 0.8125rem; font-weight: 600; line-height: 1.4; white-space: nowrap; }
.s-critical { color: var(--critical); } .s-high { color: var(--high); } .s-medium { color: var(--medium); } .s-low { color: var(--low); } .s-info { color: var(--info); }
.chart { margin: 1.8rem 0; }
.chart figcaption, caption { font-weight: 600; font-size: 0.9375rem; text-align: left; padding-bottom: 0.5rem; }
.trend svg { width: 100%; height: 6.5rem; display: block; }
.axis { stroke: var(--strong-rule); }
.columns .value { font: 600 12px var(--sans); fill: var(--ink); }
.columns .name { font: 11px var(--sans); fill: var(--quiet); }
.scroll { overflow-x: auto; margin: 0 0 1.2rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; line-height: 1.45; }
.by-check, .owners { margin-top: 2rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.9rem 0.5rem 0; border-bottom: 1px solid var(--rule); }
thead th { font-size: 0.8125rem; color: var(--quiet); font-weight: 500; border-bottom-color: var(--strong-rule); vertical-align: bottom; }
tbody th { font-weight: 500; }
.total th, .total td { font-weight: 700; border-bottom: 0; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { width: 100%; min-width: 6rem; height: 0.625rem; display: block; margin-top: 0.4em; }
.bar-cell { width: 34%; }
.plain { list-style: none; padding: 0; margin: 0; }
time { white-space: nowrap; }
.reason { white-space: nowrap; }
.outcome { white-space: nowrap; font-weight: 600; }
.o-failed .outcome { color: var(--critical); } .o-partial .outcome, .o-skipped .outcome, .outcome strong { color: var(--high); }
.cut { border-left: 3px solid var(--strong-rule); padding: 0.2rem 0 0.2rem 0.9rem; }
.standing { columns: 22rem; column-gap: 3rem; }
.standing ul { margin-bottom: 1.2rem; } .standing > div { break-inside: avoid; }
.worst { list-style: none; counter-reset: worst; padding: 0; }
.worst li { counter-increment: worst; position: relative; padding: 0.9rem 0 0.9rem 2.6rem; border-top: 1px solid var(--rule); }
.worst li::before { content: counter(worst); position: absolute; left: 0; top: 0.75rem; width: 1.8rem; font: 600 1.3rem/1.4 var(--serif); color: var(--quiet); font-variant-numeric: tabular-nums lining-nums; text-align: right; white-space: nowrap; }
.worst p { margin: 0; max-width: 52rem; overflow-wrap: anywhere; }
.worst-title { display: flex; flex-wrap: wrap; gap: 0.1rem 0.8rem; align-items: baseline; }
.worst-title a { font-weight: 600; min-width: 0; overflow-wrap: anywhere; }
.worst-who { font-size: 0.875rem; color: var(--quiet); }
.worst-who strong { color: var(--critical); }
.matrix { table-layout: fixed; min-width: 32rem; max-width: 54rem; border-collapse: separate; border-spacing: 3px; }
.matrix th { border: 0; padding: 0.3rem; font-size: 0.8125rem; color: var(--ink); font-weight: 500; vertical-align: middle; }
.matrix thead th { text-align: center; } .matrix tbody th { text-align: right; }
.matrix td { border: 0; height: 4.2rem; padding: 0.35rem 0.45rem; border-radius: 3px; }
.matrix td a { display: inline-block; min-width: 1.5rem; line-height: 1.5rem; color: var(--ink); font-weight: 600; font-size: 0.875rem; }
.cell-level { display: block; font-size: 0.75rem; color: var(--ink); }
.c-very-low { background: light-dark(#e9efee, #22302f); } .c-low { background: light-dark(#dcebe4, #26403a); } .c-moderate { background: light-dark(#f6eac4, #4d421c); } .c-high { background: light-dark(#f9d9bd, #5e3418); } .c-very-high { background: light-dark(#f3c2c6, #6b1f2e); }
.level { font-weight: 600; padding: 0.1rem 0.5rem; border-radius: 3px; }
.l-very-low { background: light-dark(#e9efee, #22302f); } .l-low { background: light-dark(#dcebe4, #26403a); } .l-moderate { background: light-dark(#f6eac4, #4d421c); } .l-high { background: light-dark(#f9d9bd, #5e3418); } .l-very-high { background: light-dark(#f3c2c6, #6b1f2e); }
.risk { padding: 1.2rem 0 0.8rem; border-top: 1px solid var(--rule); }
.risk h3 { margin: 0 0 0.2rem; font-size: 1.1rem; } .risk p { margin-bottom: 0.5rem; max-width: none; }
.label { color: var(--quiet); font-family: var(--sans); font-size: 0.9375rem; font-variant-numeric: tabular-nums; margin-right: 0.3rem; }
.steps { display: flex; flex-wrap: wrap; gap: 0.4rem 0.9rem; align-items: baseline; font-size: 0.875rem; }
.pairs { margin: 0 0 0.6rem; font-size: 0.9rem; }
.pairs div, .evidence > div { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 0 0.9rem; padding: 0.12rem 0; }
.pairs dt, .evidence dt, .controls dt { color: var(--quiet); }
.pairs dd, .evidence dd, .controls dd { margin: 0; }
.evidence { margin: 0; font-size: 0.9rem; }
.place { display: block; color: var(--quiet); }
.controls { margin: 0; font-size: 0.875rem; } .controls div { margin-bottom: 0.4rem; }
.ref { font: 0.8125rem var(--mono); }
summary { cursor: pointer; }
.risk summary { color: var(--accent); font-size: 0.9rem; }
.risk details ul { font-size: 0.9rem; margin-top: 0.4rem; }
.filter { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 0.7rem 1rem; align-items: end; padding: 1rem 0; border-block: 1px solid var(--rule); margin: 1.2rem 0 0.8rem; }
.filter[hidden], [hidden] { display: none; }
.filter label { display: grid; gap: 0.15rem; font-size: 0.8125rem; color: var(--quiet); min-width: 0; }
.filter .wide { grid-column: span 2; }
.filter input, .filter select { font: inherit; font-size: 0.9375rem; width: 100%; min-width: 0; color: var(--ink); background: var(--sheet); border: 1px solid var(--strong-rule); border-radius: 4px; padding: 0.35rem 0.5rem; min-height: 2.3rem; }
.filter input::placeholder { color: var(--quiet); opacity: 1; }
.filter button { min-height: 2.3rem; }
#count { font-size: 0.9rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.findings, .checks { list-style: none; padding: 0; }
.findings > li, .checks > li { border-top: 1px solid var(--rule); }
.findings > li:target, .checks > li:target, .risk:target { box-shadow: -4px 0 0 var(--paper), -7px 0 0 var(--accent); }
.findings summary { display: grid; grid-template-columns: 5.8rem minmax(0, 1fr) minmax(0, 16.5rem) 1rem; gap: 0.2rem 1rem; align-items: baseline; padding: 0.6rem 0; list-style: none; }
.findings summary::-webkit-details-marker { display: none; }
.findings summary:hover strong { text-decoration: underline; text-underline-offset: 0.18em; }
.findings summary::after { content: "+"; color: var(--quiet); text-align: right; }
.findings details[open] > summary::after { content: "–"; }
.what strong { font-weight: 600; display: block; }
.subject { color: var(--quiet); font-size: 0.9rem; }
.who { font-size: 0.875rem; color: var(--quiet); text-align: right; font-variant-numeric: tabular-nums; }
.late { color: var(--critical); }
.checks summary { padding: 0.5rem 0; }
.body { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 1.1rem 2.2rem; padding: 0.6rem 0 1.5rem 0; }
.body p { margin-bottom: 0.4rem; } .body ul { font-size: 0.9rem; margin-bottom: 0.4rem; }
.body .rest { columns: 2 22rem; column-gap: 2.6rem; }
.rest > div { break-inside: avoid; margin-bottom: 1.1rem; }
.body .wide, .body .fix, .body .rest { grid-column: 1 / -1; }
.tree { list-style: none; padding: 0; }
.step-2 { padding-left: 1.2rem; } .step-3 { padding-left: 2.4rem; } .step-4 { padding-left: 3.6rem; } .step-5 { padding-left: 4.8rem; }
.fix { border-left: 3px solid var(--accent); padding-left: 1rem; }
.decision { font-weight: 600; }
.tally { font-variant-numeric: tabular-nums; font-weight: 600; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem 3rem; margin-top: 1.6rem; }
@media screen and (max-width: 44rem) {
  #theme { position: static; margin-top: 0.8rem; }
  .findings summary { grid-template-columns: minmax(0, 1fr) 1rem; }
  .findings summary > * { grid-column: 1; }
  .findings summary::after { grid-column: 2; grid-row: 1; }
  .who { text-align: left; }
  .pairs div, .evidence > div { grid-template-columns: 6.5rem minmax(0, 1fr); }
  .matrix { min-width: 29rem; border-spacing: 2px; } .matrix th, .matrix td { padding: 0.25rem; }
}
`;
