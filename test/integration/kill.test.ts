import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { collect } from '../../src/collect/collect.ts';
import { collectPorts } from '../helpers/collecting.ts';
import { sixPages } from './six-pages.ts';

const worker = join(import.meta.dirname, 'kill.worker.ts');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-kill-'));
let files = 0;
const freshFile = (): string => join(folder, `${++files}.db`);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the worker; yields the pages that it asked for and how it ended. */
function work(file: string, ...dieAt: string[]): { asked: number[]; stored: number; signal: string | null } {
  const { stdout, stderr, signal, status } = spawnSync(process.execPath, [worker, file, ...dieAt], {
    encoding: 'utf8',
  });
  if (signal === null && status !== 0) throw new Error(stderr);
  return { asked: stdout.trim().split('\n').map(Number), stored: stderr.split('stored').length - 1, signal };
}

/** Everything in the database that does not tell when, or who held the stream. */
function dump(file: string): unknown {
  const db = new Database(file, { readonly: true });
  const rows = (query: string): unknown => db.prepare(query).all();
  const content = {
    records: rows(
      'select pk, source, kind, id, stream, generation, defined, hash, volatile, words, gone_at, body from record join body on record = pk order by pk',
    ),
    links: rows('select * from link'),
    secrets: rows('select * from secret'),
    streams: rows(
      'select no, source, name, generation, running, cursor, items, quarantined, baseline_open, held from stream',
    ),
    gaps: rows('select * from blind_spot'),
    events: rows('select * from record_event'),
  };
  db.close();
  return content;
}

describe('a collector that is killed', () => {
  let uninterrupted: unknown;
  beforeAll(() => {
    const file = freshFile();
    expect(work(file).asked).toEqual([1, 2, 3, 4, 5, 6]);
    uninterrupted = dump(file);
    expect((uninterrupted as { records: unknown[] }).records).toHaveLength(6 * 40 * 2 + 7);
  });

  test.each(
    [1, 2, 3, 4, 5, 6].flatMap((page) => [
      [page, 'before'],
      [page, 'while'],
    ]),
  )('at page %i, %s it is written, goes on at that page and ends the same', (page, moment) => {
    const file = freshFile();
    const killed = work(file, String(page), moment);
    expect(killed).toMatchObject({ signal: 'SIGKILL', stored: page - 1 });
    expect(killed.asked.at(-1)).toBe(page);
    expect(work(file).asked[0]).toBe(page);
    expect(dump(file)).toEqual(uninterrupted);
  });

  test('and that comes back to life too late cannot write', async () => {
    const file = freshFile();
    const [stale, fresh] = [await openStore({ file }), await openStore({ file })];
    const asleep = Promise.withResolvers<void>();
    const overtaken = Promise.withResolvers<void>();
    const slow = sixPages({
      asked: (page) => {
        if (page === 3) asleep.resolve();
      },
    });
    const runs = {
      ...stale.runs,
      page: async (...args: Parameters<typeof stale.runs.page>) => {
        if (slow.last() === 3) await overtaken.promise;
        return stale.runs.page(...args);
      },
    };
    const ports = collectPorts({ clock: () => 1_000 });
    const late = collect(
      { runs, records: stale.records, meta: stale.meta },
      [{ id: 'made-up:1', connector: slow.connector, config: {} }],
      ports,
    );
    await asleep.promise;
    const asked: number[] = [];
    const quick = sixPages({ asked: (page) => asked.push(page) });
    await collect(fresh, [{ id: 'made-up:1', connector: quick.connector, config: {} }], ports);
    const before = dump(file);
    overtaken.resolve();
    expect(await late).toMatchObject([{ outcome: 'partial', reason: 'interrupted' }]);
    expect(asked).toEqual([3, 4, 5, 6]);
    expect(dump(file)).toEqual(before);
    expect(before).toEqual(uninterrupted);
    await Promise.all([stale.close(), fresh.close()]);
  });
});
