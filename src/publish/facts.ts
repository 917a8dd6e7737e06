import type { Run } from '../core/coverage.ts';
import { UsageError } from '../core/errors.ts';
import { shown, type Evidence, type Finding, type Severity, type Shown } from '../core/finding.ts';
import type { Location } from '../core/match.ts';
import type { JoinedPerson } from '../core/owner.ts';
import type { Policy } from '../core/policy.ts';
import type { Matrix } from '../core/risk.ts';
import { DAY, type Instant } from '../core/time.ts';
import type { CheckFacts, ReportStore, Sources } from './sources.ts';

/**
 * The policy that the scan went by, and the one that deadlines are reckoned by where that is another: a report that is
 * asked for without the scan's configuration has its own.
 */
export function policies(run: Run | undefined, { id, version }: Policy): string {
  const own = `${id}, version ${version}`;
  if (run === undefined || run.policy === `${id}@${version}`) return own;
  return `${run.policy.replace('@', ', version ')}, for the scan; ${own}, for this report`;
}

/** Findings that a report is about unless it is asked for more: open, or set aside by a person's decision. */
export const standing: readonly Shown[] = ['open', 'accepted', 'false-positive'];

/** The day by which the policy wants it mended; none once it is closed or was set aside. */
export function slaDue(finding: Finding, policy: Policy): Instant | undefined {
  if (shown(finding) !== 'open') return undefined;
  return finding.openedAt + policy.sla[finding.severity] * DAY;
}

/** `flows/crm.json:12 · step Send invoice · field X-API-KEY`. */
export function place(at: Location): string {
  const file = at.path === undefined ? undefined : at.line === undefined ? at.path : `${at.path}:${at.line}`;
  const parts = [file, at.pointer, at.step && `step ${at.step}`, at.field && `field ${at.field}`];
  return parts.filter(Boolean).join(' · ');
}

/** Where a subject is: what was found in several sources has `*` for a source. */
export function sourceName(source: string): string {
  return source === '*' ? 'several places' : source;
}

/** The first place that the evidence leads to. */
export function firstPlace(finding: Finding): Location | undefined {
  return (finding.evidence.find((fact) => fact.at?.path !== undefined) ?? finding.evidence.find((fact) => fact.at))?.at;
}

/** `header X-API-KEY; last used never`. */
export function facts(evidence: readonly Evidence[]): string {
  return evidence.map((one) => `${one.fact}: ${one.value === null ? 'not known' : String(one.value)}`).join('; ');
}

/** A check's facts; for a check that this version no longer has, what the finding itself tells. */
export function checkOf(finding: Finding, checks: Sources['checks']): CheckFacts {
  return (
    checks.get(finding.check) ?? {
      id: finding.check,
      version: finding.checkVersion,
      title: finding.title,
      severity: finding.severity,
      rationale: 'This version of Rollcall does not have the check any more.',
      remediation: 'Scan again: a finding of a check that no longer runs is retired.',
      confidence: finding.confidence,
      controls: {},
      threat: finding.threat,
    }
  );
}

/** A control that a check maps to, with its title where the framework is known. */
export interface Control {
  framework: string;
  frameworkTitle: string;
  id: string;
  title?: string;
  url?: string;
}

/** The controls of a check, in the order of its declaration. */
export function controlsOf(check: CheckFacts, frameworks: Sources['frameworks']): Control[] {
  return Object.entries(check.controls).flatMap(([framework, ids]) =>
    (ids ?? []).map((id) => ({
      framework,
      frameworkTitle: frameworks[framework]?.title ?? framework,
      id,
      ...frameworks[framework]?.controls[id],
    })),
  );
}

/** Finds people by id and remembers the latest few thousand. */
export type PeopleFinder = (
  id: string,
) => Promise<{ id: string; name: string; email?: string; state: JoinedPerson['state'] }>;

export function peopleFinder(store: ReportStore): PeopleFinder {
  const known = new Map<string, Awaited<ReturnType<PeopleFinder>>>();
  return async (id) => {
    const before = known.get(id);
    if (before) return before;
    if (known.size >= 5_000) known.clear();
    const person = (await store.owners.person(id)) ?? {
      id,
      name: id.replace(/^(?:person|name):/, ''),
      state: 'unknown' as const,
    };
    known.set(id, person);
    return person;
  };
}

/** `Ann Example <ann@acme.example>`. */
export function nameAndAddress(person: { name: string; email?: string }): string {
  return person.email === undefined || person.email === person.name ? person.name : `${person.name} <${person.email}>`;
}

/** The matrix that a risk was scored with (`5x5`, or `5x5@1`). */
export function matrixOf(id: string, matrices: Sources['matrices']): Matrix {
  const matrix = matrices.get(id) ?? matrices.get(id.replace(/@[^]*$/, ''));
  if (!matrix) {
    throw new UsageError(
      `The register was scored with the matrix "${id}", which config/matrices does not have; put it back or scan again.`,
    );
  }
  return matrix;
}

/** What a person is called, with a word where they have left and nobody will do it. */
export function nameAndState({ name, state }: Pick<JoinedPerson, 'name' | 'state'>): string {
  return state === 'left' ? `${name}, who has left` : name;
}

/** Why people set a finding aside, and which, from the decision in force. */
export async function justification(
  store: ReportStore,
  finding: Finding,
): Promise<{ reason: string; by: string } | undefined> {
  const wanted = finding.disposition === 'accepted' ? 'accept' : 'false-positive';
  const decisions = await store.register.decisions({ subject: finding.id, status: 'effective' });
  const decision = decisions.findLast((one) => one.kind === wanted);
  if (!decision) return undefined;
  const { reason, requestedBy, approvedBy } = decision;
  const person = peopleFinder(store);
  const names = [requestedBy, approvedBy].map(async (id) => id && (await person(id)).name);
  return { reason, by: (await Promise.all(names)).filter(Boolean).join(' and ') };
}

/** How urgent a severity is for tools that count from 0 to 10. */
export const securitySeverity: Record<Severity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: '0.1',
};
