import type { CheckCoverage } from '../../core/coverage.ts';
import type { Sources } from '../sources.ts';
import type { Survey } from '../survey.ts';
import { anchor, markup, type Raw } from './markup.ts';
import { command, headings, number, sectionStart, table } from './parts.ts';

const mostSpots = 500;

/** Page two: where a missing finding proves nothing. */
export async function* unseen(sources: Sources, found: Survey): AsyncGenerator<Raw> {
  yield sectionStart(
    'unseen',
    'What we could not see',
    'Silence about a place that was not read is no good news. This page says where the scan was blind, and why.',
  );
  yield streams(found);
  yield* spots(sources);
  yield* unanswered(sources, found);
  yield standingBlindness(sources);
}

const outcomes = { complete: '✓ complete', partial: '◐ partial', failed: '✕ failed', skipped: '– skipped' };

function streams({ coverage }: Survey): Raw {
  if (coverage.length === 0) return markup`<p>No coverage is recorded: nothing has been scanned.</p>`;
  const rows = coverage.map(
    (one) =>
      markup`<tr class="o-${one.outcome}">
<th scope="row">${one.source}</th>
<td>${one.stream}</td>
<td class="outcome">${outcomes[one.outcome]}</td>
<td class="n">${number(one.items)}</td>
<td class="n">${number(one.quarantined)}</td>
<td>${
        one.reason &&
        markup`<code class="reason">${one.reason}</code>
`
      }${one.detail}</td>
</tr>
`,
  );
  return table(
    'What each source gave, stream by stream',
    headings('Source', 'Stream', 'Read', '#Items', '#Set aside', 'Why, and what to do'),
    rows,
  );
}

async function* spots({ store }: Sources): AsyncGenerator<Raw> {
  let seen = 0;
  for await (const page of store.coverage.blindSpots()) {
    for (const spot of page) {
      seen += 1;
      if (seen > mostSpots) continue;
      if (seen === 1) {
        yield markup`<h3>Files and items that could not be read</h3>
<div class="scroll" role="region" aria-label="Blind spots" tabindex="0">
<table>
<caption>Blind spots</caption>
<thead>
${headings('Source', 'Subject', 'Reason', 'What happened')}
</thead>
<tbody>
`;
      }
      yield markup`<tr>
<th scope="row">${spot.source} <span class="quiet">${spot.stream}</span></th>
<td><code>${spot.subject}</code></td>
<td><code class="reason">${spot.reason}</code></td>
<td>${spot.detail}</td>
</tr>
`;
    }
  }
  if (seen === 0) yield markup`<p>No single file or item was unreadable.</p>`;
  else yield markup`</tbody></table></div>`;
  if (seen > mostSpots) {
    yield markup`<p class="cut">
${number(seen - mostSpots)} more are left out here; ${command('rollcall report --format json')} lists all
${number(seen)}.
</p>`;
  }
}

/** Checks that could not answer for some of what they looked at. */
function* unanswered({ checks }: Sources, { checkCoverage }: Survey): Generator<Raw> {
  const groups = Map.groupBy(checkCoverage, (one) => one.check);
  const rows = [...groups].map(([check, parts]) => ({ check, ...together(parts) })).filter((one) => one.unknown > 0);
  yield markup`<h3>Questions without an answer</h3>
<p>“Unknown” is not a pass: the check looked, and what it needed was not there.</p>
`;
  if (rows.length === 0) {
    yield markup`<p>Every check that ran could answer for everything it looked at.</p>`;
    return;
  }
  const drawn = rows
    .toSorted((a, b) => b.unknown - a.unknown || (a.check < b.check ? -1 : 1))
    .map(
      (one) =>
        markup`<tr>
<th scope="row"><a href="#${anchor('check', one.check)}">${one.check}</a> ${checks.get(one.check)?.title}</th>
<td class="n">${number(one.unknown)}</td>
<td class="n">${number(one.pass + one.fail + one.unknown)}</td>
<td>
<ul class="plain">
${one.because.map(({ reason, count }) => markup`<li>${reason} <span class="quiet">(${number(count)})</span></li>`)}
</ul>
</td>
</tr>
`,
    );
  yield table('Checks with unknown answers', headings('Check', '#Unknown', '#Looked at', 'Commonest reasons'), drawn);
}

function together(parts: readonly CheckCoverage[]) {
  const total = { pass: 0, fail: 0, unknown: 0 };
  const reasons = new Map<string, number>();
  for (const part of parts) {
    total.pass += part.pass;
    total.fail += part.fail;
    total.unknown += part.unknown;
    for (const { reason, count } of part.because) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  }
  const because = Array.from(reasons, ([reason, count]) => ({ reason, count }));
  return {
    ...total,
    because: because.toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)).slice(0, 5),
  };
}

function standingBlindness({ standing }: Sources): Raw {
  if (standing.length === 0) return markup``;
  const groups = standing.map(
    (one) =>
      markup`<div>
<h4>${one.title}</h4>
<ul>
${one.blindSpots.map((spot) => markup`<li>${spot}</li>`)}
</ul>
</div>`,
  );
  return markup`<h3>What no file or API can show</h3>
<p>These limits are the platforms’ own; no scan and no permission lifts them. Ask people about them.</p>
<div class="standing">${groups}</div>
`;
}
