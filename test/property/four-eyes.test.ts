import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Decision } from '../../src/core/decision.ts';
import { firstBreak } from '../../src/core/chain.ts';
import { UsageError } from '../../src/core/errors.ts';
import { rank, severities } from '../../src/core/finding.ts';
import type { JoinedPerson } from '../../src/core/owner.ts';
import { policySchema } from '../../src/core/policy.ts';
import type { Store } from '../../src/core/ports.ts';
import { DAY } from '../../src/core/time.ts';
import { request, review } from '../../src/register/decide.ts';
import { anObservation } from '../helpers/observation.ts';

const START = Date.UTC(2026, 10, 21);
const policy = policySchema.parse({ id: 'test', title: 'Test' });
const people = ['ann', 'bob', 'cat', 'dan'] as const;
const somebody = (key: string): JoinedPerson => ({
  id: `person:${key}`,
  name: key,
  state: 'active',
  status: 'active',
  teams: [],
  aliases: [key, `${key}@acme.example`],
  directory: true,
});

const who = fc.constantFrom(...people, 'ann@acme.example', 'BOB');
const step = fc.oneof(
  fc.record({
    does: fc.constant('scan' as const),
    owner: fc.constantFrom(...people),
    severity: fc.constantFrom(...severities),
  }),
  fc.record({ does: fc.constantFrom('accept' as const, 'false-positive' as const, 'withdraw' as const), who }),
  fc.record({ does: fc.constantFrom('approve' as const, 'reject' as const), who }),
);

test('no history of scans and decisions lets fewer than three people set a high or critical finding aside', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (history) => {
      const store = await openStore({ memory: true });
      await store.owners.putPeople([people.map(somebody)], START);
      let finding = anObservation({ severity: 'high', owner: 'person:ann' });
      await seen(store, finding, 1, START);
      const owners = new Set(['person:ann']);
      for (const [index, event] of history.entries()) {
        const at = START + (index + 1) * DAY;
        if (event.does === 'scan') {
          finding = anObservation({ severity: event.severity, owner: `person:${event.owner}` });
          await seen(store, finding, index + 2, at);
          owners.clear();
          owners.add(`person:${event.owner}`);
        } else {
          const actor = { name: event.who, account: 'tester' };
          const decided = await orRefused(
            event.does === 'approve' || event.does === 'reject'
              ? review(store, policy, { finding: finding.id, approve: event.does === 'approve' }, actor, at)
              : request(
                  store,
                  policy,
                  { kind: event.does, finding: finding.id, reason: 'because', until: at + 5 * DAY },
                  actor,
                  at,
                ),
          );
          if (decided?.approvedBy !== undefined) expect(owners).not.toContain(decided.approvedBy);
        }
        await holds(store, finding.id);
      }
      expect(await firstBreak(store.audit.entries())).toBeUndefined();
      await store.close();
    }),
    { numRuns: 60 },
  );
});

async function seen(
  store: Store,
  observation: ReturnType<typeof anObservation>,
  run: number,
  at: number,
): Promise<void> {
  const { source, kind, id } = observation.subject;
  await store.findings.tick(at);
  await store.findings.observe({ subjects: [{ source, kind, id, unknown: [] }], observed: [observation] }, run, at);
}

async function orRefused(decision: Promise<Decision>): Promise<Decision | undefined> {
  try {
    return await decision;
  } catch (problem) {
    if (problem instanceof UsageError) return undefined;
    throw problem;
  }
}

/** What sets a high or critical finding aside was decided by two people of whom neither was its owner then. */
async function holds(store: Store, id: string): Promise<void> {
  const finding = await store.findings.get(id);
  const effective = await store.register.decisions({ status: 'effective', subject: id });
  for (const { approvedBy, requestedBy, ownersThen } of effective.filter(({ approvedBy: by }) => by !== undefined)) {
    expect(approvedBy).not.toBe(requestedBy);
    expect(ownersThen).not.toContain(approvedBy);
    expect(ownersThen).not.toContain(requestedBy);
  }
  if (finding === undefined || finding.disposition === 'none' || rank(finding.severity) < rank('high')) return;
  const standing = effective.filter(({ kind }) => kind !== 'withdraw').at(-1);
  expect(standing?.approvedBy).toBeDefined();
}
