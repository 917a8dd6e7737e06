// Writes every generated file; with --check it writes none and fails where one is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Generated } from './gen/generated.ts';
import { registries } from './gen/registries.ts';

const root = join(import.meta.dirname, '..');
const checking = process.argv.includes('--check');

const outdated = (files: readonly Generated[]): Generated[] =>
  files.filter(({ path, text }) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text);

function write(files: readonly Generated[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}

const lists = outdated(registries(root));
if (!checking) write(lists);
// Only now: these pages are made from what the lists name.
const [{ pages }, { readme }] = await Promise.all([import('./gen/pages.ts'), import('./gen/readme.ts')]);
const rest = outdated([...(await pages(root)), await readme(root)]);
if (!checking) write(rest);

const stale = [...lists, ...rest];
if (checking && stale.length > 0) {
  console.error(`Out of date:\n${stale.map(({ path }) => `  ${path}\n`).join('')}Run: npm run gen`);
  process.exitCode = 1;
} else if (stale.length === 0) {
  console.log('Every generated file is up to date.');
}
