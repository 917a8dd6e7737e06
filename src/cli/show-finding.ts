import type { App } from '../app.ts';
import { shown, type Finding, type FindingEvent, type Subject } from '../core/finding.ts';
import { shortId } from '../core/identity.ts';
import { breaksWithIt, revocable } from '../core/walk.ts';
import { isoDate } from '../core/time.ts';
import { slaDue } from '../publish/facts.ts';
import { again } from './again.ts';
import { answering, inText } from './answering.ts';
import { decisionLines } from './decision-lines.ts';
import { evidenceText } from './evidence-text.ts';
import { historyLines } from './history-lines.ts';
import type { Io } from './io.ts';
import { walked, walkLines } from './show-walk.ts';
import { styles, type Style } from './style.ts';

/** What was found, why it weighs so much, and what has been decided about it. */
export async function findingLines(app: App, finding: Finding, io: Io): Promise<string[]> {
  const style = styles(io);
  const check = app.checks.find(({ id }) => id === finding.check);
  const { safe } = style;
  const due = slaDue(finding, app.policy);
  const people = await answering(app, [finding.owner, finding.assignee]);
  const owner = inText(people.get(finding.owner));
  const events = await app.store.findings.events(finding.id);
  const decisions = await app.store.register.decisions({ subject: finding.id });
  const state = shown(finding);
  return [
    `${style.severity(finding.severity, ` ${finding.severity} `)} ${style.bold(safe(finding.title))}`,
    `${style.dim('where     ')} ${safe(finding.subject.name)} ${style.dim(safe(`(${finding.subject.source} ${finding.subject.kind})`))}`,
    `${style.dim('owner     ')} ${safe(owner)}${finding.ownerReason === undefined ? '' : style.dim(safe(` — ${finding.ownerReason}; confidence ${finding.ownerConfidence}`))}`,
    ...(finding.assignee === undefined
      ? []
      : [`${style.dim('assigned  ')} ${safe(inText(people.get(finding.assignee)))}`]),
    `${style.dim('state     ')} ${state}${state !== 'accepted' || finding.dispositionUntil === null ? '' : ` until ${isoDate(finding.dispositionUntil)}`}, first seen ${isoDate(finding.firstSeen)}, last seen ${isoDate(finding.lastSeen)}${due === undefined ? '' : `, due ${isoDate(due)}`}`,
    `${style.dim('severity  ')} ${finding.severityReasons.map(({ step, because }) => (step === 0 ? because : `${step > 0 ? '+' : '−'}${Math.abs(step)} ${because}`)).join('; ')}; confidence ${finding.confidence}`,
    '',
    style.bold('Evidence'),
    ...finding.evidence.map((entry) => `  ${safe(evidenceText(entry))}`),
    '',
    style.bold('What to do'),
    `  ${check?.remediation ?? 'The check that found this no longer exists.'}`,
    '',
    ...(await breakingLines(app, finding.subject, style)),
    style.bold('Why it matters'),
    `  ${check?.rationale ?? ''}`,
    ...(check ? [style.dim(`  ${controlsLine(check.controls)}`)] : []),
    ...(await decisionLines(app, decisions, style)),
    '',
    ...(await historyLines(app, events, ownersIn, style)),
    '',
    style.dim(
      `id ${finding.id} · check ${finding.check} v${finding.checkVersion} · risk initiative ${safe(finding.initiative)}`,
    ),
    style.dim(
      `Decide: ${again(`decide ${shortId(finding.id)} accept --until YYYY-MM-DD --reason "…" --by you@example.org`, io, app)}`,
    ),
  ];
}

/** The same for a program. */
export async function findingJson(app: App, finding: Finding): Promise<object> {
  const events = await app.store.findings.events(finding.id);
  const decisions = await app.store.register.decisions({ subject: finding.id });
  const withdrawn = revocable(finding.subject);
  const breaks = withdrawn && (await walked(app, withdrawn, breaksWithIt));
  return { ...finding, events, decisions, ...(breaks && { breaksWithIt: breaks }) };
}

async function breakingLines(app: App, subject: Subject, style: Style): Promise<string[]> {
  const withdrawn = revocable(subject);
  if (withdrawn === undefined) return [];
  return [style.bold('What breaks if it is revoked'), ...(await walkLines(app, withdrawn, breaksWithIt, style)), ''];
}

/** `nist-csf-2.0 PR.AA-05; owasp-nhi-2025 NHI5:2025`. */
function controlsLine(controls: { readonly [framework: string]: readonly string[] | undefined }): string {
  return Object.entries(controls)
    .filter(([, ids]) => ids !== undefined && ids.length > 0)
    .map(([framework, ids]) => `${framework} ${(ids ?? []).join(', ')}`)
    .join('; ');
}

/** Ids of owners in the note of an event, where a scan wrote them down. */
function ownersIn({ type, note }: FindingEvent): string[] {
  if (note === null) return [];
  if (type === 'owner-changed') return note.split(' → ');
  const owner = type === 'opened' || type === 'reopened' ? /, owner (.+)$/.exec(note)?.[1] : undefined;
  return owner === undefined ? [] : [owner];
}
