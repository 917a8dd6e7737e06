import { nameAndAddress } from '../facts.ts';
import type { Sources } from '../sources.ts';
import { answerOf, ownable, ownableRecords, type Survey } from '../survey.ts';
import { severityBar } from './charts.ts';
import { markup, type Raw } from './markup.ts';
import { command, findingsLink, headings, number, sectionStart, table } from './parts.ts';

const mostOwners = 50;
const mostOrphans = 200;
const states = { active: 'here', left: 'has left', unknown: 'does not say' };

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
  const holdings = await recordsByPerson(store);
  const rows: Raw[] = [];
  for (const one of top) {
    const owns = holdings.get(one.id) ?? 0;
    rows.push(
      markup`<tr>
<th scope="row">
${one.name}${one.email !== undefined && one.email !== one.name && markup` <span class="quiet">${one.email}</span>`}
</th>
<td class="outcome">${one.state === 'active' ? states.active : markup`<strong>${states[one.state]}</strong>`}</td>
<td class="bar-cell">${severityBar(one.bySeverity, most)}</td>
<td class="n">${number(one.bySeverity.critical + one.bySeverity.high)}</td>
<td class="n">${findingsLink(one.open, { owner: nameAndAddress(one), state: 'open' })}</td>
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

/** How many records each person has a part in. */
async function recordsByPerson(store: Sources['store']): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const page of store.owners.tally()) {
    for (const { ownership, records } of page) {
      for (const person of new Set(ownership.claims.map((claim) => claim.person))) {
        counts.set(person, (counts.get(person) ?? 0) + records);
      }
    }
  }
  return counts;
}

async function* orphans({ store }: Sources, { answering }: Survey): AsyncGenerator<Raw> {
  const { left, unknown } = answering;
  yield markup`<h3>Without an answer</h3>
`;
  if (left + unknown === 0) {
    yield markup`<p>Everything has an accountable person who is still here.</p>`;
    return;
  }
  yield markup`<p>
Of ${number(ownableRecords(answering))} records, ${number(left)} have lost every accountable person (${command('rollcall owners --orphans')}), and for ${number(unknown)} nobody is known who is here.${left + unknown > mostOrphans && markup` The first ${number(mostOrphans)} follow.`}
</p>
<div class="scroll" role="region" aria-label="Records that nobody answers for" tabindex="0">
<table>
<caption>Records that nobody answers for</caption>
<thead>
${headings('Record', 'Kind', 'Source', 'Last known')}
</thead>
<tbody>
`;
  let written = 0;
  all: for (const kind of ownable) {
    for await (const page of store.records.joined(kind, { in: [] })) {
      for (const { source, record, ownership } of page) {
        if (answerOf(ownership) === 'here') continue;
        if (written === mostOrphans) break all;
        written += 1;
        const last = ownership.claims[0];
        yield markup`<tr>
<th scope="row">${record.name}</th>
<td>${kind}</td>
<td>${source}</td>
<td>
${last ? markup`${last.name} <span class="quiet">${states[last.state]}; ${last.reason}</span>` : 'nobody was ever named'}
</td>
</tr>
`;
      }
    }
  }
  yield markup`</tbody></table></div>
`;
}
