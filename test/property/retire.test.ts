import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { firstBreak } from '../../src/core/chain.ts';
import { UsageError } from '../../src/core/errors.ts';
import { severities, type Observation } from '../../src/core/finding.ts';
import { policySchema } from '../../src/core/policy.ts';
import type { Store } from '../../src/core/ports.ts';
import { DAY } from '../../src/core/time.ts';
import { needsFourEyes } from '../../src/register/four-eyes.ts';
import { requestRetirement, reviewRetirement, type Retirement } from '../../src/register/retire.ts';
import { anObservation } from '../helpers/observation.ts';

const first = { does: 'scan', name: 'a', owner: 'ann', severity: 'high' } as const;
const START = Date.UTC(2026, 10, 21);
const SOURCE = 'files:x';
const policies = (['high', 'medium'] as const).map((fourEyesFrom) =>
  policySchema.parse({ id: fourEyesFrom, title: fourEyesFrom, acceptance: { fourEyesFrom } }),
);
const who = fc.constantFrom('ann', 'bob', 'cat', 'dan', 'BOB');
const step = fc.oneof(
  fc.record({
    does: fc.constant('scan' as const),
    name: fc.constantFrom('a', 'b'),
    owner: fc.constantFrom('ann', 'bob', 'cat', 'dan'),
    severity: fc.constantFrom(...severities),
  }),
  fc.record({
    does: fc.constantFrom('ask' as const, 'ask' as const, 'approve' as const, 'approve' as const, 'reject' as const),
    who,
  }),
);

test('no history of scans and answers lets fewer than three people retire a source that holds something grave', async () => {
  let retired = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...policies),
      fc.array(step, { minLength: 3, maxLength: 12 }),
      async (policy, all) => {
        const store = await openStore({ memory: true });
        const open = new Map<string, Observation>();
        for (const [index, event] of [first, ...all].entries()) {
          const at = START + index * DAY;
          if (event.does === 'scan') {
            const { name, severity, owner } = event;
            open.set(name, anObservation({ name, severity, owner: `person:${owner}` }));
            await scan(store, [...open.values()], index + 1, at);
            continue;
          }
          const grave = [...open.values()].filter(({ severity }) => needsFourEyes(severity, policy));
          const actor = { name: event.who, account: 'tester' };
          const done = await orRefused(
            event.does === 'ask'
              ? requestRetirement(store, policy, { source: SOURCE, reason: 'we have moved' }, actor, at)
              : reviewRetirement(store, policy, { source: SOURCE, approve: event.does === 'approve' }, actor, at),
          );
          if (done?.gone) {
            if (grave.length > 0) threePeople(done, grave);
            retired += grave.length;
            open.clear();
          }
          expect((await store.findings.count({ source: SOURCE, shown: ['open'] })).total).toBe(open.size);
        }
        expect(await firstBreak(store.audit.entries())).toBeUndefined();
        await store.close();
      },
    ),
    { numRuns: 60, seed: 21 },
  );
  expect(retired, 'histories in which it came that far').toBeGreaterThan(0);
});

/** Reads the source and finds these in it. */
async function scan(store: Store, observed: readonly Observation[], run: number, at: number): Promise<void> {
  const claim = await store.runs.claim(SOURCE, 's', at, DAY);
  await store.runs.page(claim, { records: [], next: undefined, quarantined: 0, blind: [] }, at);
  await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, at);
  const subjects = observed
    .map(({ subject: { source, kind, id } }) => ({ source, kind, id, unknown: [] }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await store.findings.observe({ subjects, observed }, run, at);
}

async function orRefused(asked: Promise<Retirement>): Promise<Retirement | undefined> {
  try {
    return await asked;
  } catch (problem) {
    if (problem instanceof UsageError) return undefined;
    throw problem;
  }
}

function threePeople({ decision: { requestedBy, approvedBy } }: Retirement, grave: readonly Observation[]): void {
  expect(approvedBy).toBeDefined();
  expect(approvedBy).not.toBe(requestedBy);
  for (const { owner } of grave) expect([requestedBy, approvedBy]).not.toContain(owner);
}
