import type { Risk, RiskLevel, Score } from '../../core/risk.ts';
import { matrixOf, nameAndAddress, nameAndState, peopleFinder, type PeopleFinder } from '../facts.ts';
import type { Sources } from '../sources.ts';
import type { Survey } from '../survey.ts';
import { worstRisks } from '../worst-risks.ts';
import { anchor, markup, type Raw } from './markup.ts';
import { heatMap } from './matrix.ts';
import { riskHistory } from './risk-history.ts';
import { badge, command, date, number, sectionStart } from './parts.ts';

const mostRisks = 200;

/** Page three: the register, worst first, each with what its score rests on. */
export async function* risks(sources: Sources, _found: Survey): AsyncGenerator<Raw> {
  yield sectionStart(
    'risks',
    'Risk register',
    'One risk is one initiative under one threat. Its score is computed from findings and explains itself; treatment and owners are people’s decisions.',
  );
  const { worst, total } = await worstRisks(sources.store.register, mostRisks);
  if (total === 0) {
    yield markup`<p>The register is empty.</p>`;
    return;
  }
  const usual = matrixOf(sources.policy.matrix, sources.matrices);
  const placed = worst.map((risk, at) => ({ risk, label: `R${at + 1}` }));
  yield heatMap(
    usual,
    placed.filter(({ risk }) => [usual.id, `${usual.id}@${usual.version}`].includes(risk.matrix)),
  );
  if (total > worst.length) {
    yield markup`<p class="cut">
The ${number(worst.length)} worst of ${number(total)} risks are shown;
${command('rollcall report --format ir8286')} has them all.
</p>`;
  }
  const person = peopleFinder(sources.store);
  for (const { risk, label } of placed) yield await entry(risk, label, sources, person);
}

const treatmentWords = {
  open: 'undecided',
  mitigate: 'mitigate',
  accept: 'accept',
  avoid: 'avoid',
  transfer: 'transfer',
};

async function entry(risk: Risk, label: string, sources: Sources, person: PeopleFinder): Promise<Raw> {
  const who = async (id: string | undefined): Promise<string | undefined> => {
    const found = id === undefined ? undefined : await person(id);
    return found && nameAndState({ ...found, name: nameAndAddress(found) });
  };
  const people = [
    ['Accountable', (await who(risk.accountable)) ?? 'nobody yet'],
    ['Technical', await who(risk.technical)],
    ['Backup', await who(risk.backup)],
  ] as const;
  const threat = sources.threats.get(risk.threat);
  return markup`<article class="risk" id="${anchor('r', risk.id)}" aria-labelledby="${anchor('rt', risk.id)}">
<h3 id="${anchor('rt', risk.id)}"><span class="label">${label}</span> ${risk.title}</h3>
<p class="quiet">
${risk.initiativeName}${threat && ` · ${threat.category}`} · ${risk.status} · <code>${risk.id}</code>
</p>
<p class="steps">
${level('as if nothing were done', risk.inherent)}<span aria-hidden="true">→</span>${level('today', risk.current)}<span aria-hidden="true">→</span>${level('after treatment', risk.residual)}
</p>
<dl class="pairs">
<div>
<dt>Treatment</dt>
<dd>${treatmentWords[risk.treatment]}${risk.treatmentPlan && `: ${risk.treatmentPlan}`}</dd>
</div>
${people
  .filter(([, name]) => name !== undefined)
  .map(
    ([part, name]) =>
      markup`<div>
<dt>${part}</dt>
<dd>${name}</dd>
</div>`,
  )}
<div>
<dt>Open findings</dt>
<dd>${number(risk.openFindings)}, accepted ones included, worst ${badge(risk.worst)}</dd>
</div>
<div>
<dt>Due</dt>
<dd>${date(risk.dueAt)}</dd>
</div>
<div>
<dt>Review</dt>
<dd>${date(risk.reviewAt)}${risk.status !== 'closed' && risk.reviewAt !== undefined && risk.reviewAt < sources.now && ', overdue'}</dd>
</div>
${await Promise.all(
  risk.approvals.map(
    async (one) =>
      markup`<div>
<dt>Approved</dt>
<dd>${one.decision}${one.level && ` while it was ${words(one.level)}`} by ${(await person(one.by)).name}, ${date(one.at)}</dd>
</div>`,
  ),
)}
</dl>
<details>
<summary>Why ${words(risk.current.level)} today</summary>
${reasons(risk.current)}
</details>
${await riskHistory(await sources.store.register.riskEvents(risk.id), person)}
</article>
`;
}

function level(when: string, score: Score): Raw {
  return markup`<span class="step"><span class="quiet">${when}</span> <span class="level l-${score.level}">${words(score.level)}</span></span>`;
}

function words(level: RiskLevel): string {
  return level.replace('-', ' ');
}

/** Every point of a score, with the findings it rests on. */
function reasons(score: Score): Raw {
  const most = 8;
  return markup`<ul>
${score.reasons.map((reason) => {
  const rest = reason.findings.length - most;
  return markup`<li>
${reason.axis} ${reason.step >= 0 ? `+${reason.step}` : `−${-reason.step}`}:
${reason.because}${reason.findings.slice(0, most).map((id) => markup` <a class="ref" href="#${anchor('f', id)}">${id}</a>`)}${rest > 0 && ` and ${number(rest)} more`}
</li>`;
})}
</ul>`;
}
