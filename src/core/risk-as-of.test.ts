import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aRisk, rated } from '../../test/helpers/a-risk.ts';
import { ownerRoles } from './owner.ts';
import { riskAsOf } from './risk-as-of.ts';
import { riskEvents, type RiskEvent } from './risk-history.ts';
import { riskLevels, treatments, type Level, type Risk } from './risk.ts';

const level = fc.constantFrom<Level>(1, 2, 3, 4, 5);
const score = fc.tuple(fc.constantFrom(...riskLevels), level, level).map(([named, l, i]) => rated(named, l, i));
const person = fc.option(fc.constantFrom('person:ann@acme.example', 'person:bob → by'), { nil: undefined });
const state = fc
  .record({
    scores: fc.tuple(score, score, score),
    status: fc.constantFrom('open' as const, 'treated' as const, 'closed' as const),
    treatment: fc.constantFrom(...treatments),
    owners: fc.tuple(person, person, person),
  })
  .map(({ scores: [inherent, current, residual], status, treatment, owners }): Risk => {
    const named = Object.fromEntries(
      ownerRoles.flatMap((role, n) => (owners[n] === undefined ? [] : [[role, owners[n]]])),
    );
    return aRisk({ createdAt: 1, inherent, current, residual, status, treatment, ...named });
  });

test('a risk stood on each day of any history as the register had it', () => {
  fc.assert(
    fc.property(fc.array(state, { minLength: 1, maxLength: 12 }), (states) => {
      const events = states.flatMap((now, index) =>
        riskEvents(states[index - 1], now).map((event, seq): RiskEvent => ({
          ...event,
          seq,
          at: index + 1,
          actor: 'scan',
        })),
      );
      const today = states.at(-1) ?? aRisk();
      for (const [index, then] of states.entries()) {
        const { id, initiative, initiativeName, threat, title, status, treatment, matrix, createdAt } = then;
        const owners = Object.fromEntries(
          ownerRoles.flatMap((role) => (then[role] === undefined ? [] : [[role, then[role]]])),
        );
        const [inherent, current, residual] = [then.inherent, then.current, then.residual].map(
          ({ level: is, likelihood, impact }) => ({ level: is, likelihood, impact }),
        );
        const said = { id, initiative, initiativeName, threat, title, status, treatment, matrix, createdAt };
        expect(riskAsOf(today, events, index + 1)).toEqual({ ...said, ...owners, inherent, current, residual });
      }
      expect(riskAsOf(today, events, 0)).toBeUndefined();
    }),
  );
});
