import { expect, test } from 'vitest';
import { SourceError, type FailureKind } from '../core/errors.ts';
import type { Page, StreamContext } from './connector.ts';
import { perParent } from './per-parent.ts';
import { container } from './records.ts';

/** Goes over eight parents; `answers` says what each does, by its number. */
async function over(answers: (n: number) => FailureKind | 'ok', resume?: unknown) {
  const blind: string[] = [];
  const asked: number[] = [];
  const ctx = {
    resume,
    async *parents() {
      for (let n = 0; n < 8; n += 1) yield container({ id: `p${n}`, name: `Parent ${n}`, type: 'team' }).record;
    },
    blind: (subject: string) => void blind.push(subject),
  } as unknown as StreamContext<unknown>;
  const pages = perParent(ctx, 'container', async function* (parent): AsyncGenerator<Page> {
    const n = Number(parent.id.slice(1));
    asked.push(n);
    const answer = answers(n);
    if (answer !== 'ok') throw new SourceError(answer, 'no');
    yield { items: [] };
  });
  let problem: unknown;
  try {
    for await (const _ of pages);
  } catch (error) {
    problem = error;
  }
  return { blind: blind.length, asked: asked.length, problem };
}

test('the first five that refuse stand for all, when none could be read', async () => {
  expect(await over(() => 'permission')).toMatchObject({ asked: 5, blind: 4, problem: { kind: 'permission' } });
});

test('one that could be read shows that others are refused one by one', async () => {
  expect(await over((n) => (n === 3 ? 'ok' : 'permission'))).toEqual({ asked: 8, blind: 7, problem: undefined });
});

test('what is not there says nothing of permissions', async () => {
  expect(await over(() => 'not-found')).toEqual({ asked: 8, blind: 8, problem: undefined });
});

test('an attempt that goes on has read something before', async () => {
  expect(await over(() => 'permission', { parent: 'p0' })).toEqual({ asked: 7, blind: 7, problem: undefined });
});
