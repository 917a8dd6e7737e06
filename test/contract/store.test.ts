import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { steps } from '../../db/migrate.ts';
import { openStore } from '../../db/open.ts';
import { UsageError } from '../../src/core/errors.ts';
import { aRisk } from '../helpers/a-risk.ts';
import { storeSuite } from './store.suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-store-'));
let files = 0;
const freshFile = (): string => join(folder, `${++files}.db`);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

storeSuite('SQLite in memory', () => openStore({ memory: true }));
storeSuite('SQLite in a file', () => openStore({ file: freshFile() }));

describe('a database file', () => {
  const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

  test('and what SQLite puts beside it belong to their owner alone', async () => {
    const file = freshFile();
    const store = await openStore({ file });
    await store.meta.set('a', 'b');
    for (const suffix of ['', '-wal', '-shm']) expect(mode(file + suffix)).toBe('600');
    await store.close();
  });

  test('keeps what was written, and can be read by somebody who may not write', async () => {
    const file = freshFile();
    const store = await openStore({ file });
    await store.meta.set('a', 'b');
    await store.close();
    const before = readFileSync(file);
    const reader = await openStore({ copyOf: file });
    expect(await reader.meta.get('a')).toBe('b');
    await reader.meta.set('a', 'c');
    expect(await reader.meta.get('a')).toBe('c');
    await reader.close();
    expect(readFileSync(file)).toEqual(before);
    for (const suffix of ['-wal', '-shm']) expect(existsSync(file + suffix)).toBe(false);
  });

  test('is copied with what another process has written last', async () => {
    const file = freshFile();
    const store = await openStore({ file });
    await store.meta.set('a', 'in the log');
    const reader = await openStore({ copyOf: file });
    expect(await reader.meta.get('a')).toBe('in the log');
    await reader.close();
    await store.close();
  });

  test.each([
    [
      'is no database',
      'not a SQLite database',
      (file: string) => {
        writeFileSync(file, 'a,b,c\n'.repeat(500));
      },
    ],
    [
      'is another program’s',
      'a database of another program',
      (file: string) => {
        new Database(file).exec('create table t (a)').close();
      },
    ],
    ['lies in a folder that is not there', 'does not exist', () => {}, join('missing', 'x.db')],
    ['is a folder', 'is a folder', () => {}, '.'],
  ])('that %s is refused in one line', async (_, message, make, name?: string) => {
    const file = name === undefined ? freshFile() : join(folder, name);
    make(file);
    const refusal = await openStore({ file }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect(String(refusal)).toContain(message);
    expect(String(refusal)).toContain(file);
    expect(String(refusal)).not.toContain('\n');
  });

  test('that is not there is not made by somebody who only reads', async () => {
    const file = freshFile();
    await expect(openStore({ copyOf: file })).rejects.toThrow('does not exist');
    expect(existsSync(file)).toBe(false);
  });

  test.skipIf(process.getuid?.() === 0)('in a folder that may not be written is refused', async () => {
    const closed = mkdtempSync(join(folder, 'closed-'));
    chmodSync(closed, 0o500);
    await expect(openStore({ file: join(closed, 'x.db') })).rejects.toThrow('choose a folder that you may write to');
  });

  test('that another process is writing to is refused after a while', async () => {
    const file = freshFile();
    const store = await openStore({ file, busyTimeout: 20 });
    const other = new Database(file);
    other.exec('begin immediate');
    await expect(store.meta.set('a', 'b')).rejects.toThrow('locked by another process');
    other.exec('rollback');
    await store.meta.set('a', 'b');
    other.close();
    await store.close();
  });

  test('on a full disk says so once and keeps what was there whole', async () => {
    const file = freshFile();
    const store = await openStore({ file });
    await store.meta.set('before', 'here');
    await store.close();
    const raw = new Database(file);
    const pages = raw.pragma('page_count', { simple: true });
    raw.close();
    const small = await openStore({ file, maxPages: Number(pages) + 2 });
    const claim = await small.runs.claim('s', 's', 1, 1);
    const name = 'x'.repeat(2_000);
    const records = Array.from({ length: 50 }, (_, n) => ({
      record: { kind: 'container', id: `${n}`, name, type: 'folder' } as const,
    }));
    const page = { records, next: 2, quarantined: 0, blind: [] };
    await expect(small.runs.page(claim, page, 2)).rejects.toThrow('the disk is full');
    expect([await small.meta.get('before'), await small.records.counts()]).toEqual(['here', {}]);
    await small.close();
  });

  test('from a newer program is refused, from an older one migrated after a copy', async () => {
    const file = freshFile();
    const old = await openStore({ file });
    await old.meta.set('kept', 'yes');
    await old.close();
    const next = {
      ...steps,
      '9999_note': {
        up: async (db: Parameters<(typeof steps)[string]['up']>[0]) => {
          await db.schema.createTable('note').addColumn('text', 'text').execute();
        },
      },
    };
    await (await openStore({ copyOf: file, steps: next })).close();
    await (await openStore({ file })).close();
    await (await openStore({ file, steps: next })).close();
    expect(mode(`${file}.before-9999`)).toBe('600');
    await expect(openStore({ file })).rejects.toThrow('newer Rollcall');
    const copy = await openStore({ file: `${file}.before-9999` });
    expect(await copy.meta.get('kept')).toBe('yes');
    await copy.close();
  });

  test('with risks from before people could name who answers for them has those whose the findings are', async () => {
    const file = freshFile();
    const then = Object.fromEntries(Object.entries(steps).filter(([name]) => name < '0009'));
    await (await openStore({ file, steps: then })).close();
    const { findingOwners: _new, ...old } = aRisk({ id: 'r', accountable: 'person:ann', backup: 'person:bo' });
    const raw = new Database(file);
    raw.prepare('insert into risk values (?, ?, ?)').run('r', JSON.stringify(old), 1);
    raw.close();
    const store = await openStore({ file });
    expect(await store.register.risk('r')).toEqual({ ...old, findingOwners: ['person:ann', 'person:bo'] });
    await store.close();
  });

  test('that cannot be copied before it is migrated is refused in one line, and stays as it was', async () => {
    const file = freshFile();
    const then = Object.fromEntries(Object.entries(steps).filter(([name]) => name < '0009'));
    await (await openStore({ file, steps: then })).close();
    const before = readFileSync(file);
    mkdirSync(`${file}.before-9.new`);
    await expect(openStore({ file })).rejects.toThrow(`${file}.before-9 cannot be written`);
    await expect(openStore({ file })).rejects.toBeInstanceOf(UsageError);
    expect(readFileSync(file)).toEqual(before);
    rmSync(`${file}.before-9.new`, { recursive: true });
  });

  test('whose migration fails is left as it was', async () => {
    const file = freshFile();
    await (await openStore({ file })).close();
    const broken = {
      ...steps,
      '9999_broken': {
        up: async (db: Parameters<(typeof steps)[string]['up']>[0]) => {
          await db.schema.createTable('half').addColumn('text', 'text').execute();
          throw new Error('half-way');
        },
      },
    };
    await expect(openStore({ file, steps: broken })).rejects.toThrow('half-way');
    await (await openStore({ file })).close();
    const raw = new Database(file, { readonly: true });
    expect(raw.prepare("select name from sqlite_master where name = 'half'").all()).toEqual([]);
    raw.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  test('refuses to change or forget what is in its logs', async () => {
    const file = freshFile();
    const store = await openStore({ file });
    await store.audit.append({ at: 1, actor: 'a', account: 'a', action: 'x', subject: 's', body: '{}' });
    await store.close();
    const raw = new Database(file);
    raw.exec("insert into finding_event values (1, 'f', 1, 'opened', 'scan', null)");
    raw.exec("insert into risk_event values (1, 'r', 1, 'raised', 'scan', 'low')");
    for (const table of ['audit', 'finding_event', 'risk_event']) {
      expect(() => raw.exec(`update ${table} set at = 2`)).toThrow('append-only');
      expect(() => raw.exec(`delete from ${table}`)).toThrow('append-only');
    }
    raw.close();
  });
});
