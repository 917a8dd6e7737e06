import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openStore } from '../../db/open.ts';
import { example } from '../../src/formats/n8n/example.ts';
import type { BlindSpot, Coverage } from '../../src/core/coverage.ts';
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
    return work(store).finally(() => store.close());
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
