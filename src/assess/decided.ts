import type { AssessedBatch, Evaluated, Vanished } from '../core/ports.ts';
import type { Decision } from '../core/decision.ts';
import type { Finding, Observation } from '../core/finding.ts';
import type { Risk } from '../core/risk.ts';
import type { Instant } from '../core/time.ts';
import { SubjectContext, type Assessment } from './context.ts';
import { evaluate, type Prepared } from './evaluate.ts';
import { initiativeOf } from './initiative.ts';
import type { About } from './observe.ts';
import type { Tally } from './tally.ts';

/** Findings whose acceptance has run out while they are still open. */
export interface Lapsed {
  finding: Finding;
  expiredAt: Instant;
}

/** What people decided to do about a risk, and what of it is still there. */
export interface Remedy {
  risk: Risk;
  decision: Decision;
  open: readonly Finding[];
}

/** Asks about acceptances that no longer hold. */
export function assessAcceptances(
  prepared: readonly Prepared[],
  lapsed: readonly Lapsed[],
  assessment: Assessment,
  tally: Tally,
): AssessedBatch {
  const observed: Observation[] = [];
  const subjects = lapsed.map((entry): Evaluated => {
    const { subject, initiative, environment, id, title } = entry.finding;
    const context = new SubjectContext(assessment, undefined, subject.source, environment);
    const about: About = {
      subject: { source: subject.source, kind: 'decision', id, name: `${title}: ${subject.name}` },
      initiative: { id: initiative, name: initiative },
      environment,
      ownership: { claims: [] },
    };
    return evaluate(prepared, entry, { context, subject: about.subject, about: () => about }, tally, observed);
  });
  return { subjects, observed };
}

/** Asks about remedies that were decided on. */
export function assessRemedies(
  prepared: readonly Prepared[],
  remedies: readonly Remedy[],
  assessment: Assessment,
  tally: Tally,
): AssessedBatch {
  const observed: Observation[] = [];
  const inOrder = remedies.toSorted((a, b) => (a.risk.id < b.risk.id ? -1 : 1));
  const subjects = inOrder.map((remedy): Evaluated => {
    const { id, title, initiative, initiativeName } = remedy.risk;
    const context = new SubjectContext(assessment, undefined, '*', 'unknown');
    const about: About = {
      subject: { source: '*', kind: 'decision', id, name: title },
      initiative: { id: initiative, name: initiativeName },
      environment: 'unknown',
      ownership: { claims: [] },
    };
    return evaluate(prepared, remedy, { context, subject: about.subject, about: () => about }, tally, observed);
  });
  return { subjects, observed };
}

/** Asks about records that are gone. */
export function assessVanished(
  prepared: readonly Prepared[],
  gone: readonly Vanished[],
  assessment: Assessment,
  tally: Tally,
): AssessedBatch {
  const observed: Observation[] = [];
  const subjects = gone.map((entry): Evaluated => {
    const { source, record, goneAt, ownership } = entry;
    const environment = assessment.environmentOf(source, record, []);
    const joined = { source, record, firstSeen: goneAt, sourceFirstSeen: goneAt, out: [], in: [], ownership };
    const context = new SubjectContext(assessment, joined, source, environment);
    const about: About = {
      subject: { source, kind: record.kind, id: record.id, name: record.name },
      initiative: initiativeOf(source, record, []),
      environment,
      ownership,
    };
    return evaluate(prepared, entry, { context, subject: about.subject, about: () => about }, tally, observed);
  });
  return { subjects, observed };
}
