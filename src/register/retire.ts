import type { Decision } from '../core/decision.ts';
import { UsageError } from '../core/errors.ts';
import { severities, type Finding } from '../core/finding.ts';
import type { Policy } from '../core/policy.ts';
import type { Store } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import { answer, propose, requireReason, type Answer, type Decided } from './decisions.ts';
import { needsFourEyes, ownersOf } from './four-eyes.ts';
import type { Actor } from './people.ts';

interface Gone {
  records: number;
  findings: number;
}

/** What was decided about a source, and what went off the roll where that took effect. */
export interface Retirement {
  decision: Decision;
  gone?: Gone;
}

/**
 * Asks to take a source off the roll. It goes at once, or waits for a second person where one of its open findings
 * could not be set aside without one.
 */
export async function requestRetirement(
  store: Store,
  policy: Policy,
  wanted: { source: string; reason: string },
  actor: Actor,
  now: Instant,
): Promise<Retirement> {
  return store.atomically(async (tx) => {
    const { source, reason } = wanted;
    requireReason(reason);
    await requireHeld(tx, source);
    const proposal = { kind: 'retire' as const, subject: source, reason, ...(await atStake(tx, policy, source)) };
    return retirement(await propose(tx, proposal, actor, now, (made, by) => takeEffect(tx, made, by, now)));
  });
}

/** A second person approves or rejects the retirement that waits for a source; owners are asked for again. */
export async function reviewRetirement(
  store: Store,
  policy: Policy,
  wanted: Answer & { source: string },
  actor: Actor,
  now: Instant,
): Promise<Retirement> {
  return store.atomically(async (tx) => {
    const { source } = wanted;
    const { owners } = await atStake(tx, policy, source);
    const to = { named: `source ${source}`, subject: source, owners, stillRight: () => requireHeld(tx, source) };
    return retirement(await answer(tx, to, wanted, actor, now, (made, by) => takeEffect(tx, made, by, now)));
  });
}

function retirement({ decision, effect }: Decided<Gone>): Retirement {
  return { decision, ...(effect && { gone: effect }) };
}

async function requireHeld(store: Store, source: string): Promise<void> {
  const known = (await store.sources.holdings()).map((each) => each.source);
  if (known.includes(source)) return;
  throw new UsageError(`the register has no source ${source}; it has: ${known.join(', ') || 'none'}`);
}

function takeEffect(store: Store, { subject, reason }: Decision, person: string, at: Instant): Promise<Gone> {
  return store.sources.retire(subject, { person, reason, at });
}

/** Does anything that goes with the source take two people, and who answers for all of that? */
async function atStake(store: Store, policy: Policy, source: string): Promise<{ two: boolean; owners: string[] }> {
  let two = false;
  const owners = new Set<string>();
  for await (const finding of graveFindings(store, policy, source)) {
    two = true;
    for (const owner of await ownersOf(store, finding)) owners.add(owner);
  }
  return { two, owners: [...owners].toSorted() };
}

/** What is retired with a source, whether or not somebody has set it aside by now. */
const OPEN = ['open', 'accepted', 'false-positive'] as const;

/** Open findings of a source, and of secrets that lie in it, which one person could not set aside. */
async function* graveFindings(store: Store, policy: Policy, source: string): AsyncGenerator<Finding> {
  for (const severity of severities.filter((each) => needsFourEyes(each, policy))) {
    for await (const page of store.findings.list({ source, severity, shown: OPEN })) yield* page;
    for await (const page of store.findings.list({ source: '*', severity, shown: OPEN })) {
      for (const finding of page) if (await liesIn(store, finding, source)) yield finding;
    }
  }
}

async function liesIn(store: Store, { subject: { kind, id } }: Finding, source: string): Promise<boolean> {
  return kind === 'credential' && (await store.records.nameOf({ source, kind, id })) !== undefined;
}
