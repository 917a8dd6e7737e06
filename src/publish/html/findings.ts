import { shown } from '../../core/finding.ts';
import { nameAndAddress, nameAndState, peopleFinder, slaDue, standing } from '../facts.ts';
import type { Sources } from '../sources.ts';
import type { Survey } from '../survey.ts';
import { findingBody } from './finding.ts';
import { anchor, markup, type Raw } from './markup.ts';
import { badge, command, date, number, sectionStart } from './parts.ts';

/** Findings that a page can still carry well; the rest is left to the CSV, and the page says so. */
export const mostFindings = 2_000;

/** Page four: the findings, worst first, each with everything it rests on. */
export async function* findings(sources: Sources, found: Survey): AsyncGenerator<Raw> {
  const total = found.open.total + found.accepted + found.falsePositive;
  yield sectionStart(
    'findings',
    'Findings',
    'Worst first. Open one to see its evidence, why it weighs what it weighs, whose it is and what to do.',
  );
  if (total > mostFindings) yield cut(total);
  yield filters();
  yield markup`<p id="count" role="status" aria-live="polite">
${number(Math.min(total, mostFindings))} of ${number(total)} findings
</p>
${total > 200 && markup`<p class="cut print-only">On paper the first 200 findings are unfolded; the others stand with their heading line.</p>`}
<ol class="findings" id="list">
`;
  const person = peopleFinder(sources.store);
  let written = 0;
  all: for await (const page of sources.store.findings.list({ shown: standing, limit: mostFindings })) {
    for (const finding of page) {
      if (written === mostFindings) break all;
      written += 1;
      const owner = finding.owner === undefined ? undefined : await person(finding.owner);
      const assignee = finding.assignee === undefined ? undefined : nameAndState(await person(finding.assignee));
      const due = slaDue(finding, sources.policy);
      const late = due !== undefined && due < sources.now;
      const state = shown(finding);
      yield markup`<li id="${anchor('f', finding.id)}" data-order="${written}" data-severity="${finding.severity}" data-check="${finding.check}" data-owner="${owner ? nameAndAddress(owner) : 'nobody'}" data-source="${finding.subject.source}" data-state="${state}" data-due="${due ?? ''}" data-late="${late ? 'late' : ''}" data-first="${finding.firstSeen}" data-subject="${finding.subject.name}">
<details>
<summary>
${badge(finding.severity)}<span class="what"><strong>${finding.title}</strong> <span class="subject">${finding.subject.name}</span></span><span class="who">${owner ? nameAndState(owner) : 'nobody'}${state !== 'open' && markup` · <em>${state.replace('-', ' ')}</em>`}${due !== undefined && markup` · ${late ? markup`<strong class="late">was due</strong>` : 'due'} ${date(due)}`}</span>
</summary>
${await findingBody(finding, { owner, assignee }, sources)}
</details>
</li>
`;
    }
  }
  yield markup`</ol>
${total === 0 && markup`<p>No finding is open. Read <a href="#unseen">what the scan could not see</a> before taking that for good news.</p>`}
${total > mostFindings && cut(total)}`;
}

function cut(total: number): Raw {
  return markup`<p class="cut">
This page shows the worst ${number(mostFindings)} of ${number(total)} findings; ${number(total - mostFindings)} of
no greater severity are left out. All of them: ${command('rollcall report --format csv --out findings.csv')}.
</p>`;
}

/** The script fills the lists from the findings on the page and shows the form; without it, all findings are in sight. */
function filters(): Raw {
  const choices = [
    ['severity', 'Severity'],
    ['state', 'State'],
    ['check', 'Check'],
    ['owner', 'Owner'],
    ['source', 'Source'],
    ['due', 'Deadline'],
  ] as const;
  return markup`<form id="filter" class="filter" role="search" aria-label="Findings" hidden>
<label class="wide">Search <input type="search" id="q-text" autocomplete="off" placeholder="any word of a finding"></label>
${choices.map(
  ([id, title]) =>
    markup`<label>${title}
<select id="q-${id}">
<option value="">all</option>
</select></label>
`,
)}<label>Order
<select id="q-sort">
<option value="order">worst first</option>
<option value="due">deadline</option>
<option value="first">oldest first</option>
<option value="owner">owner</option>
<option value="subject">subject</option>
</select></label>
<button type="reset">Clear</button>
</form>
`;
}
