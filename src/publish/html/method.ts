import type { Sources } from '../sources.ts';
import type { Survey } from '../survey.ts';
import { anchor, markup, type Raw } from './markup.ts';
import { badge, command, headings, number, sectionStart, table } from './parts.ts';
import { controls } from './finding.ts';

/** The appendix: how findings come about, under which policy, by which checks. */
export async function* method(sources: Sources, found: Survey): AsyncGenerator<Raw> {
  const { policy, checks } = sources;
  yield sectionStart(
    'method',
    'Method',
    'Rollcall only reads. It keeps metadata, masks and fingerprints secrets before they are stored, and lets absence count only after a complete read.',
  );
  yield markup`<h3>Words</h3>
<dl class="pairs">
<div>
<dt>Finding</dt>
<dd>One check that failed on one subject. It keeps its id for as long as the cause is the same.</dd>
</div>
<div>
<dt>Unknown</dt>
<dd>The check could not be answered, for the reason given. It is never counted as a pass.</dd>
</div>
<div>
<dt>Severity</dt>
<dd>
The check’s base, raised or lowered by what is known: live, privileged, production, external, widely shared.
</dd>
</div>
<div>
<dt>Owner</dt>
<dd>The strongest claim from evidence, with its confidence; a person’s confirmation beats them all.</dd>
</div>
<div>
<dt>Deadline</dt>
<dd>The day on which the finding last became open, and the policy’s days for its severity.</dd>
</div>
</dl>
`;
  const { sla } = policy;
  yield table(
    `Policy ${policy.title}, version ${policy.version}: days to mend`,
    headings('#critical', '#high', '#medium', '#low', '#info'),
    markup`<tr>
${[sla.critical, sla.high, sla.medium, sla.low, sla.info].map((days) => markup`<td class="n">${number(days)}</td>`)}
</tr>`,
    'ranking',
  );
  if (policy.checks.disabled.length > 0)
    yield markup`<p>Switched off by the policy: ${policy.checks.disabled.join(', ')}.</p>`;
  const ran = Map.groupBy(found.checkCoverage, (one) => one.check);
  const listed = [...checks.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  yield markup`<h3>Checks</h3>
<p>
What each one asks, and how often it passed, failed or could not tell in this scan. In full:
${command('rollcall explain CHECK')}.
</p>
<ul class="checks">
`;
  for (const check of listed) {
    const total = { pass: 0, fail: 0, unknown: 0 };
    for (const one of ran.get(check.id) ?? []) {
      total.pass += one.pass;
      total.fail += one.fail;
      total.unknown += one.unknown;
    }
    yield markup`<li id="${anchor('check', check.id)}">
<details>
<summary>
<strong>${check.id}</strong> ${check.title}
<span class="quiet">version ${check.version} ·
${ran.has(check.id) ? `${number(total.pass)} passed, ${number(total.fail)} failed, ${number(total.unknown)} unknown` : 'did not run'}</span>
</summary>
<div class="body">
<div>
<h4>Base severity</h4>
<p>${badge(check.severity)} ${check.rationale}</p>
</div>
<div>
<h4>What to do</h4>
<p>${check.remediation}</p>
</div>
<div>
<h4>Controls</h4>
${controls(check, sources)}
</div>
</div>
</details>
</li>
`;
  }
  yield markup`</ul>
`;
}
