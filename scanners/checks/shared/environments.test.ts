import { expect, test } from 'vitest';
import { crossing, use, usesOf } from './environments.ts';
import { anIdentity } from './examples.ts';
import { sampleMatch } from './sample-secret.ts';
import { secretIn } from './secret-group.ts';

const app = anIdentity({ at: { path: 'apps.json' } });

test('one place crosses nothing, whatever it is; of two, one unknown leaves it open', () => {
  expect(crossing([use(app, 'unknown')], {})).toEqual({ is: 'pass' });
  expect(crossing([use(app, 'production'), use(app, 'unknown')], {})).toMatchObject({ is: 'unknown' });
  expect(crossing([use(app, 'test'), use(app, 'development')], {})).toEqual({ is: 'pass' });
});

test('a known crossing is one, whatever else is not known', () => {
  const uses = (['unknown', 'development', 'production'] as const).map((environment) => use(app, environment));
  expect(crossing(uses, { confidence: 'low' })).toEqual({
    is: 'fail',
    evidence: [uses[2]?.evidence, uses[1]?.evidence],
    confidence: 'low',
  });
});

test('a secret is used where it stands, and in places that were left out nobody knows where', () => {
  const [place, further] = usesOf({ ...secretIn([app]), more: 2 }, { environmentOf: () => 'test' });
  expect(place).toEqual({
    environment: 'test',
    evidence: { fact: 'in test', value: app.name, at: sampleMatch().at, source: 'files:exports' },
  });
  expect(further).toEqual({ environment: 'unknown', evidence: { fact: 'further places', value: 2 } });
  expect(usesOf(secretIn([app]), { environmentOf: () => 'test' })).toHaveLength(1);
  expect(use(app, 'test').evidence.at).toEqual({ path: 'apps.json' });
});
