import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { openStore } from '../../db/open.ts';
import { example } from '../../src/formats/n8n/example.ts';
import type { BlindReason, BlindSpot, Coverage } from '../../src/core/coverage.ts';
import { inProcess, type Ran } from './rollcall.ts';

/** Folders that are gone again after the tests of a file. */
export function workshop(): { fresh(): Bench; clear(): void } {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-bad-'));
  let benches = 0;
  return {
    fresh: () => benchIn(join(home, String(++benches))),
    clear: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** A folder with one good export in `exports/`, to which a test adds something bad. */
export interface Bench {
  folder: string;
  /** Writes a file below the folder. */
  put(path: string, content: string | Uint8Array): string;
  run(...args: string[]): Promise<Ran>;
  /** What the last scan could not see. */
  gaps(): Promise<{ streams: readonly Coverage[]; spots: BlindSpot[] }>;
  /** Names of the workflows on the roll. */
  workflows(): Promise<string[]>;
}

/** Name of the workflow in the good export. */
export const goodWorkflow = 'Leave requests';

function benchIn(folder: string): Bench {
  const put = (path: string, content: string | Uint8Array): string => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  put('exports/good.json', example.text);
  const withStore = async <T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> => {
    const store = await openStore({ file: join(folder, 'rollcall.db') });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  return {
    folder,
    put,
    run: (...args) => inProcess(args, folder),
    gaps: () =>
      withStore(async (store) => {
        const spots: BlindSpot[] = [];
        for await (const page of store.coverage.blindSpots()) spots.push(...page);
        const run = await store.runs.last();
        return { streams: run ? await store.coverage.streams(run.id) : [], spots };
      }),
    workflows: () =>
      withStore(async (store) => {
        const names: string[] = [];
        for await (const page of store.records.search({ kind: 'workflow' }))
          names.push(...page.map(({ record }) => record.name));
        return names;
      }),
  };
}

/** Findings are not what these tests are about. */
export const scanQuietly = ['scan', 'exports', '--fail-on', 'never'];

/** One clear line, or a few, and nothing of the program's insides. */
export function expectClear({ stderr }: Ran): void {
  expect(stderr).not.toMatch(/\n\s+at |node:internal|unexpected|fault in/i);
}

/** Refused in one line that holds all of these. */
export function expectRefusal(ran: Ran, ...parts: string[]): void {
  expect(ran.code, ran.stderr).toBe(2);
  expectClear(ran);
  expect(ran.stdout).toBe('');
  expect(ran.stderr).toMatch(/(?:^|\n)(?:rollcall|error): [^\n]+\n/);
  for (const part of parts) expect(ran.stderr).toContain(part);
}

/** The good file beside it is on the roll, and the gap is known by its name. */
export async function expectGap(bench: Bench, subject: string, reason: BlindReason, ran?: Ran): Promise<void> {
  const scanned = ran ?? (await bench.run(...scanQuietly));
  expect(scanned.code, scanned.stderr).toBe(3);
  expectClear(scanned);
  const { spots } = await bench.gaps();
  expect(spots.map((spot) => `${spot.subject}: ${spot.reason}`)).toContain(`${subject}: ${reason}`);
  expect(await bench.workflows()).toContain(goodWorkflow);
}

/** Read without a gap. */
export async function expectRead(bench: Bench, ...names: string[]): Promise<void> {
  const scanned = await bench.run(...scanQuietly);
  expect((await bench.gaps()).spots.filter(({ expected }) => expected !== true)).toEqual([]);
  expect(scanned.code, scanned.stderr).toBe(0);
  expectClear(scanned);
  expect(await bench.workflows()).toEqual(expect.arrayContaining([goodWorkflow, ...names]));
}

/** The good export under another name. */
export const named = (name: string, id = 'other'): string =>
  example.text.replaceAll(goodWorkflow, name).replace('wfLeave0000000001', id);

/** Refused, or read as far as it could be: clear either way. */
export function expectRefusalOrGap(ran: Ran): void {
  expect([2, 3], ran.stderr).toContain(ran.code);
  expectClear(ran);
}
