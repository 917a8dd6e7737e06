import type { Evidence, Finding } from '../../core/finding.ts';
import { breaksWithIt, revocable } from '../../core/walk.ts';
import {
  checkOf,
  controlsOf,
  justification,
  nameAndAddress,
  nameAndState,
  type PeopleFinder,
  place,
  sourceName,
} from '../facts.ts';
import { metBy } from '../reach.ts';
import type { CheckFacts, Sources } from '../sources.ts';
import { anchor, markup, link, type Raw } from './markup.ts';
import { command, date } from './parts.ts';

/** Who answers for a finding, and what the one is called who is to mend it. */
interface Answering {
  owner: Awaited<ReturnType<PeopleFinder>> | undefined;
  assignee: string | undefined;
}

/** What stands behind one finding: evidence with its places, fix, reasons, controls, dates. */
export async function findingBody(finding: Finding, { owner, assignee }: Answering, sources: Sources): Promise<Raw> {
  const check = checkOf(finding, sources.checks);
  return markup`<div class="body">
<div class="fix">
<h3 class="minor">What to do</h3>
<p>${check.remediation}</p>
${await decision(finding, sources)}
</div>
<div class="wide">
<h3 class="minor">Evidence</h3>
${evidence(finding.evidence)}
</div>
${await breaking(finding, sources)}<div class="rest">
<div>
<h3 class="minor">Why ${finding.severity}</h3>
<ul>
${finding.severityReasons.map(
  ({ step, because }) =>
    markup`<li>${
      step !== 0 &&
      markup`<span class="tally">${step > 0 ? `+${step}` : `−${-step}`}</span>
`
    }${because}</li>`,
)}
</ul>
<p class="quiet">${check.rationale} Confidence: ${finding.confidence}.</p>
</div>
<div>
<h3 class="minor">Who answers for it</h3>
<p>${owner ? nameAndState({ ...owner, name: nameAndAddress(owner) }) : 'Nobody is known.'}</p>
${finding.ownerReason && markup`<p class="quiet">${finding.ownerReason}${finding.ownerConfidence && ` Confidence: ${finding.ownerConfidence}.`}</p>`}${assignee && markup`<p>Assigned to ${assignee}.</p>`}
</div>
<div>
<h3 class="minor">Controls</h3>
${controls(check, sources)}
</div>
<div>
<h3 class="minor">Record</h3>
<dl class="pairs">
<div>
<dt>Subject</dt>
<dd>${finding.subject.kind} <code>${finding.subject.id}</code> in ${sourceName(finding.subject.source)}</dd>
</div>
<div>
<dt>Environment</dt>
<dd>${finding.environment}</dd>
</div>
<div>
<dt>Initiative</dt>
<dd>${finding.initiative}</dd>
</div>
<div>
<dt>Threat</dt>
<dd>${sources.threats.get(finding.threat)?.title ?? finding.threat}</dd>
</div>
<div>
<dt>Seen</dt>
<dd>
${date(finding.firstSeen)} to
${date(finding.lastSeen)}${finding.reopened > 0 && `, reopened ${finding.reopened} ×`}
</dd>
</div>
<div>
<dt>Check</dt>
<dd><a href="#${anchor('check', check.id)}">${check.id}</a> version ${finding.checkVersion}</dd>
</div>
<div>
<dt>More</dt>
<dd>${command(`rollcall show ${finding.id}`)}</dd>
</div>
</dl>
</div>
</div>
</div>
`;
}

async function decision(finding: Finding, { store }: Sources): Promise<Raw | undefined> {
  if (finding.disposition === 'none') return undefined;
  const why = await justification(store, finding);
  const word = finding.disposition === 'accepted' ? 'Accepted' : 'Marked as a false positive';
  return markup`<p class="decision">
${word}${finding.dispositionUntil !== null && markup` until ${date(finding.dispositionUntil)}`}${why ? markup`: ${why.reason} <span class="quiet">(${why.by})</span>` : '.'}
</p>`;
}

const mostBroken = 12;

/** For what a remedy may withdraw: whom to tell first. */
async function breaking({ id, subject }: Finding, { store }: Sources): Promise<Raw | undefined> {
  const ref = revocable(subject);
  if (ref === undefined) return undefined;
  const { met, more } = await metBy(store, ref, breaksWithIt, mostBroken);
  const items = met.map(({ depth, linking, source, elsewhere, record, owner }) => {
    return markup`<li class="step-${depth}">${linking} ${record.kind} <strong>${record.name}</strong>${elsewhere && ` in ${sourceName(source)}`}${owner && markup` <span class="quiet">${owner.name}${owner.state === 'left' && ', who has left'}</span>`}</li>
`;
  });
  return markup`<div class="wide">
<h3 class="minor">What breaks if it is revoked</h3>
${items.length === 0 ? markup`<p>Nothing is known to lean on it.</p>` : markup`<ul class="tree">${items}</ul>`}
${more !== undefined && markup`<p class="cut">and ${more}: ${command(`rollcall show ${id}`)}</p>`}</div>
`;
}

const mostEvidence = 50;

function evidence(list: readonly Evidence[]): Raw {
  if (list.length === 0) return markup`<p>The finding is about the subject as a whole.</p>`;
  const rows = list.slice(0, mostEvidence).map(
    ({ fact, value, at, source }) =>
      markup`<div>
<dt>${fact}</dt>
<dd>
${value === null ? 'not known' : String(value)}${(at ?? source) !== undefined && markup`<span class="place">${source && markup`${source} `}${at && markup`<code>${place(at)}</code>`}</span>`}
</dd>
</div>
`,
  );
  return markup`<dl class="evidence">${rows}</dl>
${list.length > mostEvidence && markup`<p class="cut">and ${list.length - mostEvidence} more</p>`}`;
}

/** The controls of a check by framework, with titles and the publishers' pages. */
export function controls(check: CheckFacts, { frameworks }: Pick<Sources, 'frameworks'>): Raw {
  const groups = Map.groupBy(controlsOf(check, frameworks), (one) => one.frameworkTitle);
  if (groups.size === 0) return markup`<p>None is mapped.</p>`;
  return markup`<dl class="controls">
${Array.from(
  groups,
  ([title, list]) =>
    markup`<div>
<dt>${title}</dt>
${list.map((one) => markup`<dd>${link(one.url, one.id)}${one.title && ` ${one.title}`}</dd>`)}
</div>`,
)}
</dl>`;
}
