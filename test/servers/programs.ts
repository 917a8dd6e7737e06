import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A program of somebody else that tests run against, as npm installs it. */
export interface Program {
  name: string;
  version: string;
  /** Relative to its folder. */
  entry: string;
  /** Versions that its own dependencies have to make do with. */
  overrides?: Readonly<Record<string, string>>;
  /** The dependencies that have to be compiled: install scripts are switched off for all others. */
  compiled?: readonly string[];
}

export const nodeRed: Program = {
  name: 'node-red',
  version: '5.0.7',
  entry: 'node_modules/node-red/red.js',
};

/** Nearly three gigabytes. The overrides replace what is not on the registry. */
export const n8n: Program = {
  name: 'n8n',
  version: '2.41.1',
  entry: 'node_modules/n8n/bin/n8n',
  overrides: { xlsx: 'npm:xlsx@0.18.5', linkedom: '0.18.12' },
  compiled: ['sqlite3', 'isolated-vm'],
};

const cache = process.env['ROLLCALL_TEST_CACHE'] ?? join(homedir(), '.cache', 'rollcall-tests');

/** Where a program is installed: outside the checkout, for its dependencies are none of ours. */
export function folderOf({ name, version }: Program): string {
  return join(cache, `${name}-${version}`);
}

/** Is it there? Says so on standard error where it is not, for a test that is then left out. */
export function isInstalled(program: Program): boolean {
  const there = existsSync(join(folderOf(program), 'installed'));
  if (!there) {
    process.stderr.write(
      `${program.name} is not installed, its tests are left out: node test/servers/install.ts ${program.name}\n`,
    );
  }
  return there;
}
