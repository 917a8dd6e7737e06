import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rank, severities } from '../../src/core/finding.ts';
import { opened, step, type HumanInput, type MachineInput } from '../../src/core/lifecycle.ts';

const severity = fc.constantFrom(...severities);
const input = fc.oneof(
  fc.record({
    type: fc.constant('observed' as const),
    signature: fc.constantFrom('a', 'b'),
    severity,
    wider: fc.boolean(),
  }),
  fc.record({ type: fc.constantFrom('absent' as const, 'retired' as const, 'tick' as const) }),
  fc.record({ type: fc.constant('accept' as const), until: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ type: fc.constantFrom('false-positive' as const, 'withdraw' as const) }),
);

describe('the lifecycle of a finding, over any history', () => {
  test('keeps its laws', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 50 }), (history) => {
        let finding = opened(0, 'a', 'medium').next;
        let closed = 0;
        let reopened = 0;
        for (const [index, event] of history.entries()) {
          const given = { ...event, at: index + 1 } as MachineInput | HumanInput;
          const before = finding;
          const { next, events } = step(before, given);
          finding = next;
          expect(step(finding, given)).toEqual({ next: finding, events: [] });
          closed += events.filter((type) => type === 'resolved' || type === 'retired').length;
          reopened += events.filter((type) => type === 'reopened').length;
          expect(finding.reopened).toBe(reopened);
          expect(closed - reopened).toBe(finding.state === 'open' ? 0 : 1);
          expect(finding.resolvedAt !== null).toBe(finding.state !== 'open');
          expect(finding.dispositionUntil !== null).toBe(finding.disposition === 'accepted');
          if (finding.dispositionUntil !== null) expect(finding.dispositionUntil).toBeGreaterThan(given.at);
          if (events.includes('acceptance-expired') || events.includes('acceptance-voided')) {
            expect(before.disposition).toBe('accepted');
          }
          if (rank(finding.severity) > rank(before.severity)) {
            expect(finding.disposition).toBe('none');
          }
          if (event.type === 'observed' && event.wider) expect(finding.disposition).not.toBe('false-positive');
          expect(finding.firstSeen).toBeLessThanOrEqual(finding.lastSeen);
          // Its time begins anew only where it was mended in between.
          const mended = before.state === 'resolved' && events.includes('reopened');
          expect(finding.openedAt).toBe(mended ? given.at : before.openedAt);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('people never move its state, the machine never makes a decision', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 30 }), (history) => {
        let finding = opened(0, 'a', 'low').next;
        for (const [index, event] of history.entries()) {
          const before = finding;
          finding = step(finding, { ...event, at: index + 1 }).next;
          const human = ['accept', 'false-positive', 'withdraw'].includes(event.type);
          if (human) expect(finding.state).toBe(before.state);
          else expect(['none', before.disposition]).toContain(finding.disposition);
        }
      }),
    );
  });

  test('an acceptance that ends in the past is none', () => {
    const { next, events } = step(opened(10, 'a', 'low').next, { type: 'accept', at: 20, until: 20 });
    expect([next.disposition, events]).toEqual(['none', []]);
  });
});
