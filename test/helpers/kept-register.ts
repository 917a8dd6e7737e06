import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, afterEach } from 'vitest';
import { start, type Running } from './rollcall.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-run-'));
export const running: Running[] = [];
let places = 0;
afterEach(async () => {
  for (const each of running.splice(0)) {
    each.kill('SIGKILL');
    await each.done;
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

export const everySecond = "schedule: '* * * * * *'";
export const onceAYear = "schedule: '0 0 1 1 *'";
/** Files, so that a scan can be met half-way. */
export const MANY = 1_500;

/** A folder with exports and a configuration. */
export function place(schedule: string, files = 1): string {
  const cwd = join(folder, String(++places));
  mkdirSync(join(cwd, 'exports'), { recursive: true });
  for (let n = 0; n < files; n += 1) writeFileSync(join(cwd, 'exports', `${n}.json`), JSON.stringify(workflow(n)));
  writeFileSync(
    join(cwd, 'rollcall.yaml'),
    `${schedule}\nsources: [{ connector: files, id: exports, path: exports }]\n`,
  );
  return cwd;
}

function workflow(n: number) {
  const node = { id: `s${n}`, name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0] };
  return { id: `w${n}`, name: `Flow ${n}`, nodes: [{ ...node, parameters: {} }], connections: {}, active: true };
}

export function keep(cwd: string, ...more: string[]): Running {
  const process = start(['run', '--listen', '127.0.0.1:0', ...more], { cwd });
  running.push(process);
  return process;
}

export async function address(process: Running): Promise<string> {
  await process.says('answers /healthz');
  return /http:\S+/.exec(process.said())?.[0] ?? '';
}

export function query<T>(cwd: string, text: string, write = false): T[] {
  const db = new Database(join(cwd, 'rollcall.db'), { readonly: !write, timeout: 5_000 });
  try {
    const statement = db.prepare<[], T>(text);
    if (statement.reader) return statement.all();
    statement.run();
    return [];
  } finally {
    db.close();
  }
}

/** Holds the register, so that the page in hand is not written before what this returns was called. */
export function lock(cwd: string): () => void {
  const db = new Database(join(cwd, 'rollcall.db'), { timeout: 5_000 });
  db.exec('begin immediate');
  return () => db.close();
}

interface Stream {
  generation: number;
  fence: number;
  running: number;
  cursor: string | null;
  items: number;
}
export const stream = (cwd: string) =>
  query<Stream>(cwd, 'select generation, fence, running, cursor, items from stream')[0];

/** Waits until a scan has written some pages and has more to write. */
export async function halfWay(cwd: string): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    try {
      if (stream(cwd)?.cursor) return;
    } catch {
      // The database is only just being made.
    }
    await sleep(5);
  }
  throw new Error('no page was written');
}
