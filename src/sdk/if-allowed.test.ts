import { expect, test } from 'vitest';
import { SourceError, type FailureKind } from '../core/errors.ts';
import { ifAllowedOfEach } from './if-allowed.ts';

/** Asks eight things; `answers` says what each does, by its number. */
async function over(answers: (n: number) => FailureKind | 'ok') {
  const told: string[] = [];
  let asked = 0;
  const ask = ifAllowedOfEach({ blind: (subject) => void told.push(subject) }, 'what each has');
  const given: unknown[] = [];
  for (let n = 0; n < 8; n += 1) {
    const read = async () => {
      asked += 1;
      const answer = answers(n);
      if (answer !== 'ok') throw new SourceError(answer, 'no');
      return n;
    };
    given.push(await ask(read));
  }
  return { asked, told, given: given.filter((each) => each !== undefined) };
}

test('the first five refusals end the asking, and are told once', async () => {
  expect(await over(() => 'permission')).toEqual({ asked: 5, told: ['what each has'], given: [] });
});

test('where one had it, each is asked', async () => {
  expect(await over((n) => (n === 4 ? 'ok' : 'not-found'))).toEqual({ asked: 8, told: ['what each has'], given: [4] });
});

test('what is no refusal ends the stream', async () => {
  await expect(over(() => 'transient')).rejects.toMatchObject({ kind: 'transient' });
});
