import { componentStyle } from './style-components.ts';
import { printStyle } from './style-print.ts';

const base = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #15171b);
  --sheet: light-dark(#ffffff, #1c1f25);
  --ink: light-dark(#1f2328, #e8e5df);
  --quiet: light-dark(#5a6069, #a3a9b3);
  --rule: light-dark(#dedad1, #343942);
  --strong-rule: light-dark(#8d8a82, #666d78);
  --accent: light-dark(#0b5a5c, #7fc9c6);
  --critical: light-dark(#9d1532, #ff93a3);
  --high: light-dark(#a8430a, #ffab7a);
  --medium: light-dark(#7d5b00, #e6c566);
  --low: light-dark(#28608c, #8fc5ef);
  --info: light-dark(#59606b, #adb4bf);
  --track: light-dark(#ece9e2, #2a2e36);
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "URW Palladio L", P052, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 1rem/1.55 var(--sans); overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: from-font; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2vw, 2.5rem); margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 1.75rem; margin: 0 0 0.4rem; }
h3 { font-size: 1.2rem; margin: 2.4rem 0 0.6rem; }
h4, .minor { font: 600 0.875rem/1.2 var(--sans); margin: 0 0 0.3rem; }
p { margin: 0 0 0.8rem; max-width: 42rem; }
ul, ol { padding-left: 1.2rem; margin: 0 0 0.8rem; }
code { font: 0.86em/1.4 var(--mono); overflow-wrap: anywhere; }
.command { background: var(--track); padding: 0.1em 0.4em; border-radius: 3px; }
.quiet { color: var(--quiet); }
.skip { position: absolute; left: -100vw; top: 0; padding: 0.6rem 1rem; background: var(--sheet); z-index: 2; }
.skip:focus { left: 0; }
header, .page, footer { max-width: 82rem; margin: 0 auto; padding: 0 clamp(1rem, 3vw, 2.5rem); }
header { padding-top: 2.2rem; position: relative; }
.wordmark { margin: 0 0 0.5rem; font: 600 0.875rem/1 var(--sans); letter-spacing: 0.14em; text-transform: uppercase; color: var(--accent); }
.head { display: flex; flex-wrap: wrap; gap: 0.2rem 1.8rem; margin: 0.9rem 0 0; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.head div { display: flex; gap: 0.45rem; }
.head dt { color: var(--quiet); }
.head dd { margin: 0; }
button { font: inherit; font-size: 0.875rem; color: var(--ink); background: var(--sheet); border: 1px solid var(--strong-rule); border-radius: 4px; padding: 0.35rem 0.8rem; cursor: pointer; }
#theme { position: absolute; top: 1.6rem; right: clamp(1rem, 3vw, 2.5rem); }
.page { display: grid; grid-template-columns: minmax(0, 1fr); margin-top: 1.6rem; }
nav { border-block: 1px solid var(--rule); padding: 0.6rem 0; }
nav ol { list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1.3rem; padding: 0; margin: 0; font-size: 0.92rem; }
nav a { display: inline-block; padding: 0.2rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
main { min-width: 0; }
section { padding: 2.6rem 0 1.6rem; border-bottom: 1px solid var(--rule); }
section:last-child { border-bottom: 0; }
.lead { color: var(--quiet); font-size: 1.02rem; }
footer { color: var(--quiet); font-size: 0.875rem; padding-block: 1rem 3rem; }
@media screen and (min-width: 70rem) {
  .page { grid-template-columns: 11.5rem minmax(0, 1fr); column-gap: 3.5rem; }
  nav { border: 0; border-top: 1px solid var(--rule); padding: 2.9rem 0 0; }
  nav ol { position: sticky; top: 1.5rem; flex-direction: column; gap: 0.35rem; }
  main { border-top: 1px solid var(--rule); }
}
`;

/** The whole style sheet; the page's content policy admits exactly this text. */
export const style = base + componentStyle + printStyle;
