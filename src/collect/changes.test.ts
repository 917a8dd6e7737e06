import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { collectPorts, connectorOf } from '../../test/helpers/collecting.ts';
import { SourceError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import { DAY } from '../core/time.ts';
import { credential, type Page } from '../sdk/index.ts';
import { collect } from './collect.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ memory: true });
});
afterEach(() => store.close());

const key = (id: string) => credential({ id, name: id, type: 'api-key', status: 'active' });
const live = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const page of store.records.each('credential')) found.push(...page.map(({ record }) => record.id));
  return found;
};

/** Reads once; what the stream was asked to start from. */
async function read(
  pages: (from: unknown) => readonly Page[],
  options: { at?: number; breaks?: boolean } = {},
): Promise<unknown> {
  let asked: unknown;
  const connector = connectorOf({
    keys: {
      async *pages({ changesFrom }) {
        asked = changesFrom;
        yield* pages(changesFrom);
        if (options.breaks) throw new SourceError('transient', 'gone away');
      },
    },
  });
  const { at } = options;
  await collect(
    store,
    [{ id: 'made-up:1', connector, config: {} }],
    collectPorts(at === undefined ? {} : { clock: () => at }),
  );
  return asked;
}

const everything =
  (...ids: string[]) =>
  (): Page[] => [{ items: ids.map(key), changesFrom: `after ${ids.join()}` }];

test('changes alone are asked for after a complete read; what they do not show stays', async () => {
  expect(await read(everything('a', 'b', 'c'))).toBeUndefined();
  const asked = await read(() => [
    { items: [key('d')], bounded: true, removed: [{ kind: 'credential', id: 'b' }], changesFrom: 'later' },
  ]);
  expect(asked).toBe('after a,b,c');
  expect(await live()).toEqual(['a', 'c', 'd']);
  expect(await read(() => [{ items: [], bounded: true, changesFrom: 'later still' }])).toBe('later');
  expect(await live()).toEqual(['a', 'c', 'd']);
});

test('what a source says is gone is in the history, once', async () => {
  await read(everything('a', 'b'));
  for (let n = 0; n < 2; n++)
    await read(() => [{ items: [], bounded: true, removed: [{ kind: 'credential', id: 'b' }], changesFrom: n }]);
  const history = await store.records.history({ source: 'made-up:1', kind: 'credential', id: 'b' });
  expect(history.map(({ type }) => type)).toEqual(['appeared', 'vanished']);
});

test('a read that broke off is followed by a full one', async () => {
  await read(everything('a'));
  await read(() => [{ items: [key('b')], bounded: true }], { breaks: true });
  expect(await read(everything('a', 'b'))).toBeUndefined();
});

test('after a week everything is read again, in case a change was never told', async () => {
  await read(everything('a', 'b'), { at: DAY });
  const changes = (): Page[] => [{ items: [], bounded: true, changesFrom: 'later' }];
  expect(await read(changes, { at: 7 * DAY })).toBe('after a,b');
  expect(await read(everything('a'), { at: 8 * DAY + 1 })).toBeUndefined();
  expect(await live()).toEqual(['a']);
});

test('another stream of the source keeps what this one says is gone', async () => {
  const connector = connectorOf({
    mine: {
      async *pages() {
        yield { items: [key('a')] };
      },
    },
    other: {
      async *pages() {
        yield { items: [], removed: [{ kind: 'credential', id: 'a' }] };
      },
    },
  });
  await collect(store, [{ id: 'made-up:1', connector, config: {} }], collectPorts());
  expect(await live()).toEqual(['a']);
});
