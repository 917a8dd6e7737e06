import { expect, test } from 'vitest';
import { pem, seeded } from '../../scanners/secrets/samples.ts';
import { SourceError, UsageError } from '../core/errors.ts';
import { explainFailure } from './failure.ts';

function explained(problem: unknown, debug = false): string {
  let told = '';
  expect(explainFailure(problem, debug, { err: (text) => void (told += text) })).toBe(2);
  return told;
}

test('what a person can mend is said line by line, and nothing else', () => {
  expect(explained(new UsageError('a.yaml:1:2 x: no such key\na.yaml:3:4 y: no such key'))).toBe(
    'rollcall: a.yaml:1:2 x: no such key\nrollcall: a.yaml:3:4 y: no such key\n',
  );
  expect(explained(new SourceError('config', 'nowhere does not exist'))).toBe('rollcall: nowhere does not exist\n');
});

test('a fault of ours is one line, with its stack only when asked', () => {
  const fault = new TypeError('boom\u001b[31m');
  expect(explained(fault)).toMatch(/^rollcall: unexpected TypeError: boom␛\[31m\nrollcall: this is a fault/);
  expect(explained(fault)).not.toMatch(/\n\s+at /);
  expect(explained(fault, true)).toMatch(/\n\s+at /);
  expect(explained('text')).toContain('something that is no error');
});

test('no secret goes with it: over several lines, from a parser, in the stack', () => {
  const key = pem(seeded(3));
  const middle = key.split('\n')[4] ?? '';
  for (const problem of [new Error(key), new UsageError(`bad: ${key}`), new SourceError('auth', key)])
    expect(explained(problem, true)).not.toContain(middle);
  let parser: unknown;
  try {
    JSON.parse('{"a": hunter2}');
  } catch (error) {
    parser = error;
  }
  expect(explained(parser, true)).not.toContain('hunter');
});
