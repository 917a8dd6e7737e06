import type { Decision } from '../core/decision.ts';
import { UsageError } from '../core/errors.ts';
import { canonicalJson } from '../core/identity.ts';
import type { Store } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import type { Actor } from './people.ts';

/** What is done about a decision: by whom, as one id, and from which account. */
export interface Act {
  by: string;
  account: Actor['account'];
  action: string;
  at: Instant;
}

/** Throws where nothing is said that could be a reason. */
export function requireReason(reason: string): void {
  if (reason.trim().length < 3) throw new UsageError('give a reason that an auditor will understand: --reason "…"');
}

/** Writes into the log what somebody did about a decision, with what came of it. */
export async function logDecision(
  store: Store,
  decision: Decision,
  { by, account, action, at }: Act,
  outcome: object = {},
): Promise<void> {
  const body = canonicalJson({ ...decision, ...outcome });
  await store.audit.append({ at, actor: by, account, action, subject: decision.subject, body });
}

/** Withdraws what still waits for a subject, because somebody asks anew. */
export async function replaceWaiting(store: Store, subject: string, act: Omit<Act, 'action'>): Promise<void> {
  for (const earlier of await store.register.decisions({ status: 'pending', subject })) {
    await store.register.putDecision({ ...earlier, status: 'withdrawn' });
    await logDecision(store, earlier, { ...act, action: `${earlier.kind}-replaced` });
  }
}
