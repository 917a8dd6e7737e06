import type { Sources } from '../sources.ts';
import { ownable, type Survey } from '../survey.ts';
import { severityBar } from './charts.ts';
import { markup, type Raw } from './markup.ts';
import { command, findingsLink, headings, number, sectionStart, table } from './parts.ts';

const mostOwners = 50;
const mostOrphans = 200;
const states = { active: 'here', left: 'has left', unknown: 'not in the directory' };

/** Page six: who has work to do, and what nobody answers for. */
export async function* people(sources: Sources, found: Survey): AsyncGenerator<Raw> {
  yield sectionStart(
    'people',
    'People',
    'An owner is a claim with evidence until a person confirms it. What nobody answers for, nobody rotates, reviews or switches off.',
  );
  yield await owners(sources, found);
  yield* orphans(sources, found);
}

async function owners({ store }: Sources, found: Survey): Promise<Raw> {
  const top = found.owners.slice(0, mostOwners);
  if (top.length === 0) return markup`<p>No open finding has an owner.</p>`;
  const most = Math.max(...top.map((one) => one.open));
  const rows: Raw[] = [];
  for (const one of top) {
    let owns = 0;
    for await (const page of store.owners.ownedBy(one.id)) owns += page.length;
    rows.push(
      markup`<tr>
<th scope="row">
${one.name}${one.email !== undefined && one.email !== one.name && markup` <span class="quiet">${one.email}</span>`}
</th>
<td class="outcome">${one.state === 'active' ? states.active : markup`<strong>${states[one.state]}</strong>`}</td>
<td class="bar-cell">${severityBar(one.bySeverity, most)}</td>
<td class="n">${number(one.bySeverity.critical + one.bySeverity.high)}</td>
<td class="n">${findingsLink(one.open, { owner: one.name, state: 'open' })}</td>
<td class="n">${number(owns)}</td>
</tr>
`,
    );
  }
  const rest = found.owners.length - top.length + found.moreOwners;
  return markup`${table('Owners with open findings', headings('Owner', 'Directory', 'Share by severity', '#Critical and high', '#Open', '#Records'), rows, 'owners')}
${rest > 0 && markup`<p class="cut">${number(rest)} more owners: ${command('rollcall report --format csv --what owners')}.</p>`}
<p>${findingsLink(found.unowned, { owner: 'nobody', state: 'open' })} open findings have no owner at all.</p>
`;
}

async function* orphans({ store }: Sources, found: Survey): AsyncGenerator<Raw> {
  yield markup`<h3>Orphans</h3>
`;
  if (found.orphaned === 0) {
    yield markup`<p>Everything has an accountable person who is still here.</p>`;
    return;
  }
  yield markup`<p>
${number(found.orphaned)} of ${number(found.ownable)} have no accountable person who is still
here.${found.orphaned > mostOrphans && markup` The first ${number(mostOrphans)} follow; ${command('rollcall owners --orphans')} lists all.`}
</p>
<div class="scroll" role="region" aria-label="Orphans" tabindex="0">
<table>
<caption>Records that nobody answers for</caption>
<thead>
${headings('Record', 'Kind', 'Source', 'Last known')}
</thead>
<tbody>
`;
  let written = 0;
  all: for await (const page of store.owners.orphans()) {
    for (const { ref, name, ownership } of page) {
      if (!ownable.includes(ref.kind)) continue;
      if (written === mostOrphans) break all;
      written += 1;
      const last = ownership.claims[0];
      yield markup`<tr>
<th scope="row">${name}</th>
<td>${ref.kind}</td>
<td>${ref.source}</td>
<td>
${last ? markup`${last.name} <span class="quiet">${states[last.state]}; ${last.reason}</span>` : 'nobody was ever named'}
</td>
</tr>
`;
    }
  }
  yield markup`</tbody></table></div>
`;
}
