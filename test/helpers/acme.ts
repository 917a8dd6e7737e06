import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { layOut } from '../../examples/acme/lay-out.ts';
import { rollcall } from './run-cli.ts';

/** The day on which the example is scanned. */
export const NOW = Date.UTC(2026, 10, 21);

/** A finding as `--json` prints it, as far as tests look. */
export interface Row {
  id: string;
  check: string;
  severity: string;
  title: string;
  subject: { source: string; kind: string; id: string; name: string };
  owner?: string;
  evidence: readonly { fact: string; value: unknown; at?: { path?: string; pointer?: string; step?: string } }[];
}

/** Lays the example organisation out as `acme` in the folder. */
export function layOutAcme(folder: string): void {
  layOut(join(import.meta.dirname, '..', '..', 'examples', 'acme'), join(folder, 'acme'), 7);
}

/** A folder with the example organisation, scanned once, for the tests of one file. */
export function scannedAcme(): { folder(): string; json<T>(argv: readonly string[]): Promise<T> } {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
    layOutAcme(folder);
    await rollcall(folder, ['scan', '--config', 'acme/rollcall.yaml', '--quiet']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder: () => folder,
    json: async <T>(argv: readonly string[]) => JSON.parse((await rollcall(folder, [...argv, '--json'])).out) as T,
  };
}
