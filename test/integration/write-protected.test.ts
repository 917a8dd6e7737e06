import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, isoDate } from '../../src/core/time.ts';
import { layOutAcme, NOW, type Row } from '../helpers/acme.ts';
import { rollcall as asOwner } from '../helpers/run-cli.ts';
import { rollcall, type Ran } from '../helpers/rollcall.ts';

// Root may write whatever it likes: there the program is run as nobody.
const root = process.getuid?.() === 0;
const setpriv = '/usr/bin/setpriv';
const possible = process.platform !== 'win32' && (!root || existsSync(setpriv));
if (!possible) console.log('registers that may not be written: skipped, because nobody else can be asked to read one');

const folder = mkdtempSync(join(tmpdir(), 'rollcall-protected-'));
const kept = join(folder, 'rollcall.db');
let id = '';
let places = 0;

beforeAll(async () => {
  chmodSync(folder, 0o755);
  layOutAcme(folder);
  await asOwner(folder, ['scan', '--config', 'acme/rollcall.yaml', '--quiet']);
  const found = await asOwner(folder, ['findings', '--check', 'CRD-02', '--json']);
  id = (JSON.parse(found.out) as Row[])[0]?.id ?? '';
  const accept = ['decide', id, 'accept', '--reason', 'waits for the release', '--by', 'ruth.adeyemi@acme.example'];
  await asOwner(folder, [...accept, '--until', isoDate(NOW + 10 * DAY)]);
});
afterAll(() => {
  for (const place of readdirSync(folder)) if (place.startsWith('copy-')) chmodSync(join(folder, place), 0o700);
  rmSync(folder, { recursive: true, force: true });
});

/** A copy of the register without its key: a file that may be read, in a folder that may be looked into. */
function handedOver(file = 0o444, around = 0o555): { db: string; place: string } {
  const place = join(folder, `copy-${++places}`);
  mkdirSync(place);
  const db = join(place, 'rollcall.db');
  copyFileSync(kept, db);
  chmodSync(db, file);
  chmodSync(place, around);
  return { db, place };
}

function asAuditor(args: readonly string[], now = NOW): Promise<Ran> {
  const env = { ROLLCALL_NOW: new Date(now).toISOString(), HOME: folder };
  const shell = `exec ${setpriv} --reuid=65534 --regid=65534 --clear-groups "$@"`;
  return rollcall(args, { cwd: folder, env, ...(root && { shell }) });
}

describe.skipIf(!possible)('a register that may not be written', () => {
  test.each([
    ['findings', 'Drill down'],
    ['show', 'waits for the release'],
    ['inventory --kind workflow', 'Invoice approval'],
    ['owners', 'Priya Nair'],
    ['risks', 'very-high'],
    ['report', '# Non-human identities'],
    ['decide --pending', 'Nothing waits'],
    ['verify-log', 'The log holds together'],
  ])('is enough for %s', async (line, text) => {
    const { db, place } = handedOver();
    const args = [...line.split(' '), ...(line === 'show' ? [id] : [])];
    const ran = await asAuditor([...args, '--db', db]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain(text);
    expect(readdirSync(place)).toEqual(['rollcall.db']);
    expect(readFileSync(db)).toEqual(readFileSync(kept));
  });

  test.each([
    ['the file', 0o444, 0o777],
    ['its folder', 0o644, 0o555],
  ])('because of %s alone has nothing left beside it', async (_, file, around) => {
    const { db, place } = handedOver(file, around);
    expect((await asAuditor(['findings', '--db', db])).stdout).toContain('Drill down');
    expect(readdirSync(place)).toEqual(['rollcall.db']);
  });

  test('shows what has run out as run out, says so, and leaves it as it was', async () => {
    const { db } = handedOver();
    const before = await asAuditor(['findings', '--state', 'accepted', '--json', '--db', db], NOW + 9 * DAY);
    expect((JSON.parse(before.stdout) as Row[]).map((row) => row.id)).toEqual([id]);
    expect(before.stderr).toBe('');
    const after = await asAuditor(['findings', '--state', 'accepted', '--json', '--db', db], NOW + 11 * DAY);
    expect(JSON.parse(after.stdout)).toEqual([]);
    expect(after.stderr).toBe(
      `what was accepted and has run out counts as open here; that is not written, because ${db} may not be\n`,
    );
    expect((await asAuditor(['show', id, '--db', db], NOW + 11 * DAY)).stdout).toMatch(/^state +open/m);
    expect(readFileSync(db)).toEqual(readFileSync(kept));
  });

  test('is shown with what its keeper has written last, and not without it', async () => {
    const { db, place } = handedOver(0o644, 0o755);
    const keeper = new Database(db);
    keeper.pragma('journal_mode = WAL');
    keeper.exec("update finding set subject_name = 'written last'");
    chmodSync(place, 0o555);
    expect((await asAuditor(['findings', '--db', db])).stdout).toContain('written last');
    const half = handedOver(0o644, 0o755);
    copyFileSync(`${db}-wal`, `${half.db}-wal`);
    chmodSync(half.place, 0o555);
    const refused = await asAuditor(['findings', '--db', half.db]);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('-wal holds what was written last');
    chmodSync(place, 0o755);
    keeper.close();
  });

  test('takes no decision and no scan', async () => {
    const { db } = handedOver();
    for (const args of [
      ['decide', id, 'withdraw', '--by', 'ruth.adeyemi@acme.example'],
      ['scan', 'acme', '--quiet'],
    ]) {
      const ran = await asAuditor([...args, '--db', db]);
      expect([ran.code, ran.stdout]).toEqual([2, '']);
      expect(ran.stderr).toContain('may not be written');
    }
  });

  test('that may not even be read is refused in one line', async () => {
    const { db, place } = handedOver(0o000, 0o555);
    expect((await asAuditor(['findings', '--db', db])).stderr).toContain('may not be read');
    chmodSync(place, 0o000);
    expect((await asAuditor(['findings', '--db', db])).stderr).toContain('permission denied');
  });
});
