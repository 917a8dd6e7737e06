import { describe, expect, test } from 'vitest';
import { settled } from '../../test/helpers/leases.ts';
import type { Run } from '../core/coverage.ts';
import type { Measures } from '../telemetry/measures.ts';
import { answersFrom } from './run-answers.ts';

const here = import.meta.filename;

function setup(db = here) {
  const said: string[] = [];
  const measured: (number | undefined)[] = [];
  const world: { last: Run | undefined; broken: boolean; fails: boolean } = {
    last: undefined,
    broken: false,
    fails: false,
  };
  const stop = new AbortController();
  const answers = answersFrom(
    {
      db,
      store: {
        runs: {
          last: async () => {
            if (world.broken) throw new Error('canary');
            return world.last;
          },
        } as never,
      },
      figures: { measured: ({ run }) => void measured.push(run), text: async () => `taken ${measured.length} times` },
      work: {
        measure: async () => {
          if (world.fails) throw new Error('canary');
          return { run: world.last?.id } as Measures;
        },
      },
      say: (text) => void said.push(text),
    },
    stop.signal,
  );
  return { answers, world, measured, said, stop };
}

const run = (id: number): Run => ({ id, startedAt: 1, finishedAt: 2, policy: 'p', version: '1' });

describe('being ready', () => {
  test('means that the register is there, can be read, and nobody wants us to stop', async () => {
    const { answers, world, stop } = setup();
    expect(await answers.unready()).toEqual([]);
    world.broken = true;
    stop.abort();
    expect(await answers.unready()).toEqual(['stopping', 'the register cannot be read']);
    expect(await setup('/nowhere/rollcall.db').answers.unready()).toEqual(['the register is gone']);
  });
});

describe('figures of the register', () => {
  test('are taken once for each finished scan, whoever made it', async () => {
    const { answers, world, measured } = setup();
    await answers.metrics();
    expect(measured).toEqual([undefined]);
    for (const last of [run(1), run(1), run(2), run(2)]) {
      world.last = last;
      await Promise.all([answers.metrics(), answers.metrics()]);
      await settled();
    }
    expect(measured).toEqual([undefined, 1, 2]);
  });

  test('are what they were, and it is said, when they cannot be taken', async () => {
    const { answers, world, said } = setup();
    world.last = run(1);
    world.fails = true;
    expect(await answers.metrics()).toBe('taken 0 times');
    expect(await answers.metrics()).toBe('taken 0 times');
    expect(said).toEqual(['the register could not be measured: Error']);
    world.fails = false;
    expect(await answers.metrics()).toBe('taken 1 times');
  });
});
