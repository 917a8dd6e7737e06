import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { findingAsOf } from '../../src/core/as-of.ts';
import { severities, type Finding } from '../../src/core/finding.ts';
import { step, type HumanInput } from '../../src/core/lifecycle.ts';
import type { Store } from '../../src/core/ports.ts';
import { DAY, isoDate } from '../../src/core/time.ts';
import { observation } from '../helpers/in-store.ts';

const happening = fc.oneof(
  fc.record({
    type: fc.constant('seen' as const),
    severity: fc.constantFrom(...severities),
    owner: fc.constantFrom(undefined, 'person:ann@acme.example', 'person:bob@acme.example'),
  }),
  fc.record({ type: fc.constantFrom('gone' as const, 'not-asked' as const, 'nothing' as const) }),
  fc.record({ type: fc.constant('accept' as const), days: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ type: fc.constantFrom('false-positive' as const, 'withdraw' as const) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

test('a finding stood on each day of any history as the register had it that evening', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (history) => {
      const store = await openStore({ memory: true });
      const evenings = new Map<number, Finding>();
      for (const [index, one] of history.entries()) {
        const day = index + 1;
        await store.findings.tick(day * DAY);
        await happen(store, one, day);
        const finding = await store.findings.get(observation('k').id);
        if (finding !== undefined) evenings.set(day, finding);
      }
      const id = observation('k').id;
      const [today, events] = [await store.findings.get(id), await store.findings.events(id)];
      for (const day of history.keys()) {
        const then = today && findingAsOf(today, events, (day + 1) * DAY);
        expect(then && standing(then)).toEqual(evenings.has(day + 1) ? standing(evenings.get(day + 1)) : undefined);
      }
      await store.close();
    }),
    { numRuns: 150 },
  );
});

function standing(finding: Finding | undefined) {
  if (finding === undefined) return undefined;
  const { state, disposition, dispositionUntil, severity, owner, firstSeen, openedAt, resolvedAt, reopened } = finding;
  return { state, disposition, dispositionUntil, severity, owner, firstSeen, openedAt, resolvedAt, reopened };
}

async function happen(store: Store, one: Happening, day: number): Promise<void> {
  const at = day * DAY;
  const seen = observation('k');
  if (one.type === 'seen') {
    const { severity, owner } = one;
    const observed = [{ ...seen, severity, ...(owner !== undefined && { owner }) }];
    await store.findings.observe({ subjects: [{ ...seen.subject, unknown: [] }], observed }, day, at);
  } else if (one.type === 'gone' || one.type === 'not-asked') {
    await store.findings.closeUnseen(day, new Set(one.type === 'gone' ? [seen.check] : []), at);
  } else if (one.type !== 'nothing') {
    const finding = await store.findings.get(seen.id);
    if (finding === undefined || finding.state !== 'open') return;
    const { until, input } = decided(one, at);
    const { next, events } = step(finding, input);
    const note = `because${until === undefined ? '' : ` (until ${isoDate(until)})`}`;
    await store.findings.apply(
      seen.id,
      next,
      events.map((type) => ({ at, type, actor: 'person:ann', note })),
    );
  }
}

function decided(one: Happening, at: number): { until?: number; input: HumanInput } {
  if (one.type === 'accept')
    return { until: at + one.days * DAY, input: { type: 'accept', at, until: at + one.days * DAY } };
  return { input: { type: one.type === 'withdraw' ? 'withdraw' : 'false-positive', at } };
}
