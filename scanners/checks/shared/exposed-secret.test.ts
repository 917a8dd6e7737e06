import { expect, test } from 'vitest';
import { exampleNow, weigh, type Verdict } from '../../../src/sdk/index.ts';
import { exposure, sightings } from './exposed-secret.ts';
import { sampleGroup, sampleMatch, silentWorkflow } from './sample-secret.ts';

const ctx = { now: exampleNow, environmentOf: () => 'unknown' as const };
const judge = (group: ReturnType<typeof sampleGroup>): Verdict & { is: 'fail' } => {
  const verdict = exposure(group, sightings(group, ['definition']), ctx, { where: 'written into a workflow' });
  if (!('is' in verdict) || verdict.is !== 'fail') throw new Error('expected a failure');
  return verdict;
};

test('many places make one finding, whose list is capped and says so', () => {
  const places = Array.from({ length: 25 }, (_, at) => sampleMatch({ at: { path: `flows/${at}.json` } }));
  const { evidence } = judge(sampleGroup(places));
  expect(evidence.filter(({ fact }) => fact === 'in the definition')).toHaveLength(20);
  expect(evidence.at(-1)).toEqual({ fact: 'places that are not listed', value: 5 });
});

test('the order in which places were read changes nothing', () => {
  const places = [
    sampleMatch({ at: { path: 'b.json' } }),
    sampleMatch({ at: { path: 'a.json' }, detector: 'zz', title: 'Other' }),
  ];
  expect(judge(sampleGroup(places))).toEqual(judge(sampleGroup(places.toReversed())));
});

test('a secret in a workflow that is switched off is no less valid', () => {
  const off = sampleGroup([sampleMatch()], { record: { ...silentWorkflow, state: 'inactive' } });
  expect(weigh('high', judge(off).circumstances).severity).toBe('high');
});
