import { link, markup, trusted, type Raw } from '../html/markup.ts';
import type { Digest, Item, Section } from './message.ts';
import { closing, deadline, headline, label, opening, rest, sectionTitle } from './wording.ts';

/** The same message twice: as plain text, and as HTML without anything that a mail program would load. */
export function emailParts(digest: Digest): { subject: string; text: string; html: string } {
  return { subject: headline(digest), text: plain(digest), html: html(digest).raw };
}

/** The message for a mail program that shows text, and for a terminal. */
export function plain(digest: Digest): string {
  const parts = digest.sections.map((one) =>
    [
      sectionTitle(one),
      ...one.items.map(
        (item) => `- ${[label(item), item.title].filter(Boolean).join(' ')}\n  ${facts(item, digest)}\n  ${item.todo}`,
      ),
      ...more(one).map((line) => `  ${line}`),
    ].join('\n'),
  );
  const report = digest.report === undefined ? [] : [`The whole report: ${digest.report}`];
  return `${[opening(digest), ...parts, closing(digest), ...report].join('\n\n')}\n`;
}

function html(digest: Digest): Raw {
  return markup`${trusted('<!doctype html>')}<html lang="en"><head><meta charset="utf-8"><title>${headline(digest)}</title></head>
<body style="font-family: sans-serif; line-height: 1.4">
<p>${opening(digest)}</p>
${digest.sections.map(
  (one) => markup`<h2 style="font-size: 1.1em">${sectionTitle(one)}</h2>
<ul>
${one.items.map(
  (
    item,
  ) => markup`<li><strong>${label(item)}</strong> ${item.title}<br><small>${facts(item, digest)}</small><br>${item.todo}</li>
`,
)}${more(one).map((line) => markup`<li>${line}</li>`)}
</ul>
`,
)}<p>${closing(digest)}${digest.report !== undefined && markup` ${link(digest.report, 'The whole report')}.`}</p>
</body></html>
`;
}

function facts(item: Item, { at }: Digest): string {
  return [item.where, deadline(item, at), item.finding ?? item.risk].filter((fact) => fact !== undefined).join(' · ');
}

function more(section: Section): string[] {
  return [rest(section)].filter((line) => line !== undefined);
}
