import type { Finding } from '../../core/finding.ts';
import { checkOf, firstPlace, nameAndAddress, peopleFinder, place, slaDue, sourceName } from '../facts.ts';
import { ownedPercent, sentences } from '../sentences.ts';
import type { Sources } from '../sources.ts';
import { none, sum, worstFirst, type BySeverity, type Survey } from '../survey.ts';
import { severityBar, severityRing, trend } from './charts.ts';
import { anchor, markup, type Raw } from './markup.ts';
import { badge, date, findingsLink, headings, number, table } from './parts.ts';

/** Page one: the state of things in a paragraph, a few figures, and where to begin. */
export async function* summary(sources: Sources, found: Survey): AsyncGenerator<Raw> {
  const target = {
    unseen: 'unseen',
    inventory: 'inventory',
    findings: 'findings',
    people: 'people',
    changes: 'findings',
  };
  yield markup`<section id="summary" aria-labelledby="summary-title">
<h2 id="summary-title">Summary</h2>
<p class="statement">
${sentences(found).map(
  ({ about, text }) => markup`<a href="#${target[about]}">${text}</a>
`,
)}
</p>
`;
  yield figures(found);
  yield trend(await daily(sources));
  yield await worst(found.worst, sources);
  yield byCheck(found, sources);
}

function figures(found: Survey): Raw {
  const gaps = found.coverage.filter((one) => one.outcome !== 'complete').length;
  const decided = found.accepted + found.falsePositive;
  return markup`<div class="figures">
${severityRing(found.open.bySeverity)}
<ul class="legend">
${worstFirst.map((severity) => markup`<li>${badge(severity)} ${findingsLink(found.open.bySeverity[severity], { severity, state: 'open' })}</li>`)}
</ul>
<dl class="tiles">
<div>
<dt>Past the deadline</dt>
<dd><a href="#findings" data-filter-due="late">${number(found.overdue)}</a></dd>
</div>
<div>
<dt>Have an owner who is here</dt>
<dd><a href="#people">${ownedPercent(found.answering)}</a></dd>
</div>
<div>
<dt>Streams read completely</dt>
<dd><a href="#unseen">${found.coverage.length - gaps} of ${found.coverage.length}</a></dd>
</div>
<div>
<dt>Set aside by a decision</dt>
<dd><a href="#findings" data-filter-state="decided">${number(decided)}</a></dd>
</div>
</dl>
</div>
`;
}

async function daily({ store }: Sources): Promise<{ day: string; counts: BySeverity }[]> {
  const days = new Map<string, BySeverity>();
  for (const one of await store.trends.series()) {
    const counts = days.get(one.day) ?? none();
    if (one.shown === 'open') counts[one.severity] += one.count;
    days.set(one.day, counts);
  }
  return [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, counts]) => ({ day, counts }));
}

async function worst(list: readonly Finding[], sources: Sources): Promise<Raw> {
  if (list.length === 0) return markup``;
  const person = peopleFinder(sources.store);
  const items: Raw[] = [];
  for (const finding of list) {
    const owner = finding.owner === undefined ? undefined : await person(finding.owner);
    items.push(
      markup`<li>
<p class="worst-title">${badge(finding.severity)} <a href="#${anchor('f', finding.id)}">${finding.title}</a></p>
<p class="worst-where">${finding.subject.name} <span class="quiet">in ${whereabouts(finding)}</span></p>
<p class="worst-fix">${checkOf(finding, sources.checks).remediation}</p>
<p class="worst-who">
${owner ? markup`${nameAndAddress(owner)}${owner.state === 'left' && markup` <strong>(has left)</strong>`}` : markup`<strong>Nobody answers for it</strong>`}
· ${(slaDue(finding, sources.policy) ?? Infinity) < sources.now ? markup`<strong>was due</strong>` : 'due'} ${date(slaDue(finding, sources.policy))}
</p>
</li>
`,
    );
  }
  return markup`<h3>Begin here: ${list.length === 1 ? 'the worst finding' : `the ${list.length} worst findings`}</h3>
<ol class="worst">
${items}
</ol>
`;
}

/** The file where that is known, or the source. */
function whereabouts(finding: Finding): string {
  const at = firstPlace(finding);
  return at?.path === undefined
    ? sourceName(finding.subject.source)
    : place({ path: at.path, ...(at.line !== undefined && { line: at.line }) });
}

function byCheck({ checkSeverities }: Survey, { checks }: Sources): Raw {
  const ranked = [...checkSeverities].toSorted(([a, x], [b, y]) => sum(y) - sum(x) || (a < b ? -1 : 1));
  if (ranked.length === 0) return markup``;
  const most = Math.max(...ranked.map(([, counts]) => sum(counts)));
  const rows = ranked.map(
    ([id, counts]) =>
      markup`<tr>
<th scope="row"><a href="#${anchor('check', id)}">${id}</a> ${checks.get(id)?.title}</th>
<td class="bar-cell">${severityBar(counts, most)}</td>
<td class="n">${findingsLink(sum(counts), { check: id, state: 'open' })}</td>
</tr>
`,
  );
  return table('Open findings by check', headings('Check', 'Share by severity', '#Open'), rows, 'by-check');
}
