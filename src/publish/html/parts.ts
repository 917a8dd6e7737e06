import { isoDate, type Instant } from '../../core/time.ts';
import type { Severity } from '../../core/finding.ts';
import { markup, type Raw } from './markup.ts';

/** Each severity has a shape of its own, so that colour never speaks alone. */
const shapes: Record<Severity, string> = { critical: '◆', high: '▲', medium: '●', low: '▼', info: '○' };

export function badge(severity: Severity): Raw {
  return markup`<span class="badge s-${severity}"><span aria-hidden="true">${shapes[severity]}</span> ${severity}</span>`;
}

/** A count that leads to the findings it stands for: the link sets the filter and goes to the list. */
export function findingsLink(
  text: string | number | Raw,
  filter: { severity?: string; check?: string; owner?: string; state?: string },
): Raw {
  const attributes = Object.entries(filter).map(([name, value]) => markup` data-filter-${name}="${value}"`);
  return markup`<a href="#findings"${attributes}>${typeof text === 'number' ? number(text) : text}</a>`;
}

export function number(value: number): string {
  return value.toLocaleString('en-GB');
}

export function date(at: Instant | null | undefined, otherwise = '–'): Raw {
  return at === null || at === undefined
    ? markup`${otherwise}`
    : markup`<time datetime="${isoDate(at)}">${isoDate(at)}</time>`;
}

/** A command that gives the full list. */
export function command(text: string): Raw {
  return markup`<code class="command">${text}</code>`;
}

/** A part of the report: a page of its own in print. */
export function sectionStart(id: string, title: string, lead: string | Raw): Raw {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p class="lead">${lead}</p>
`;
}

/** A table that scrolls inside itself on a narrow window. `head` and `rows` are ready rows. */
export function table(caption: string, head: Raw, rows: readonly Raw[] | Raw, kind = ''): Raw {
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table class="${kind}">
<caption>${caption}</caption>
<thead>
${head}
</thead>
<tbody>
${rows}
</tbody>
</table>
</div>
`;
}

/** A row of column headings; a name that starts with `#` is a column of numbers. */
export function headings(...names: readonly string[]): Raw {
  return markup`<tr>
${names.map((name) => (name.startsWith('#') ? markup`<th scope="col" class="n">${name.slice(1)}</th>` : markup`<th scope="col">${name}</th>`))}
</tr>`;
}
