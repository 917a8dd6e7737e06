import { expect, test } from 'vitest';
import { runExample } from '../../src/sdk/testing.ts';
import { checks } from './index.ts';

/** What a failure says beside its evidence: its title where a check has several, and how sure it is. */
test.each([
  ['CRD-04', 'ends in two weeks', { confidence: 'high' }],
  ['CRD-04', 'ends in two weeks and a production workflow needs it', { confidence: undefined }],
  ['OWN-02', 'one source names the leaver, another who made it', { confidence: 'high' }],
  ['OWN-02', 'somebody has left who made it, and nobody else is known', { confidence: 'medium' }],
  ['OWN-04', 'a team with one administrator', { title: 'One person administers it and nobody stands in' }],
  ['OWN-04', 'a team whose last administrator is gone', { title: 'Nobody administers it' }],
])('%s says of “%s”: %o', (id, name, said) => {
  const check = checks.find((each) => each.id === id);
  const example = check?.examples.fires.find((each) => each.name === name);
  if (check === undefined || example === undefined) throw new Error(`${id} has no example “${name}”`);
  const words = Object.keys(said) as (keyof typeof said)[];
  const failures = runExample(check, example).filter((verdict) => verdict.is === 'fail');
  expect(failures.map((failure) => Object.fromEntries(words.map((word) => [word, failure[word]])))).toEqual([said]);
});
