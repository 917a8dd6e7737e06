import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { ownRegisters } from './own-registers.ts';
import { walk } from './walk.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-own-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string): void => writeFileSync(join(folder, name), name);

async function left(): Promise<string[]> {
  const names = readdirSync(folder);
  const isOurs = await ownRegisters(folder, names);
  return names.filter((name) => !isOurs(name)).toSorted();
}

test('a register is left out with everything that belongs to it, also while it is written', async () => {
  const store = await openStore({ file: join(folder, 'roll.db') });
  for (const name of ['roll.db.key', 'roll.db.before-7', 'roll.db.before-7.new', 'roll.db.md', 'roll.dbx', 'x'])
    put(name);
  await store.meta.set('a', 'b');
  expect(readdirSync(folder)).toContain('roll.db-wal');
  expect(await left()).toEqual(['roll.db.md', 'roll.dbx', 'x']);
  await store.close();
});

test('what only has the names of one is read', async () => {
  for (const name of ['roll.db', 'roll.db.key', 'a.key']) put(name);
  writeFileSync(join(folder, 'other.db'), Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(100)]));
  put('other.db.key');
  expect(await left()).toEqual(['a.key', 'other.db', 'other.db.key', 'roll.db', 'roll.db.key']);
});

test('a folder that is called like part of a register is read', async () => {
  await (await openStore({ file: join(folder, 'roll.db') })).close();
  put('roll.db.key');
  mkdirSync(join(folder, 'roll.db.before-1'));
  put('roll.db.before-1/flow.json');
  const found = await Array.fromAsync(walk(folder, { exclude: [], blind: () => undefined }));
  expect(found.map(({ path }) => path)).toEqual(['roll.db.before-1/flow.json']);
});
