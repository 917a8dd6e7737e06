import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NOW, scannedAcme, type Row } from '../helpers/acme.ts';
import { rollcall } from '../helpers/run-cli.ts';

const acme = scannedAcme();

describe('a filter that nothing can ever fit is a mistake, and not a clean register:', () => {
  test.each([
    [['findings', '--check', 'CRD-99'], /--check: no check is called "CRD-99"; see: rollcall explain/],
    [['findings', '--source', 'files:export'], /--source: the register has no "files:export"; it has: .*files:exports/],
    [['inventory', '--source', 'files:export'], /--source: the register has no "files:export"/],
    [['findings', '--owner', 'priya.nair@acme.exampel'], /--owner: nobody is known as "priya.nair@acme.exampel"/],
    [['findings', '--text', ''], /--text is empty: is the variable that it comes from set\?/],
    [['findings', '--db', ''], /--db is empty/],
    [['show', ''], /^rollcall: id is empty/],
    [['owners', '--orphans', '--if-leaves', 'priya.nair@acme.example'], /--orphans and --if-leaves/],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await rollcall(acme.folder(), argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  test('one that fits nothing today is answered', async () => {
    for (const argv of [
      ['findings', '--check', 'TPI-01', '--severity', 'critical'],
      ['findings', '--source', 'people:people.csv'],
      ['findings', '--owner', 'ruth.adeyemi@acme.example'],
    ]) {
      const { code, out } = await rollcall(acme.folder(), argv);
      expect([argv, code, out]).toEqual([argv, 0, expect.stringContaining('No finding fits') as string]);
    }
    const nothing = await rollcall(acme.folder(), ['inventory', '--text', 'no such name']);
    expect([nothing.code, nothing.out]).toEqual([0, expect.stringContaining('Nothing on the roll fits') as string]);
  });
});

describe('a register that nothing was read into', () => {
  test('says so instead of calling itself clean, and is not made by asking', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-unread-'));
    writeFileSync(join(folder, 'rollcall.db'), '');
    const empty = await rollcall(folder, ['findings']);
    expect([empty.code, empty.err]).toEqual([2, expect.stringContaining('there is no register yet') as string]);
    expect([statSync(join(folder, 'rollcall.db')).size, existsSync(join(folder, 'rollcall.db.key'))]).toEqual([
      0,
      false,
    ]);
    await rollcall(folder, ['doctor']);
    for (const command of ['findings', 'inventory', 'owners', 'risks', 'report']) {
      const { code, out, err } = await rollcall(folder, [command]);
      expect([command, code, out]).toEqual([command, 2, '']);
      expect(err).toMatch(/(?:no scan has come to its end in|nothing has been read into) this register yet/);
    }
    rmSync(folder, { recursive: true });
  });
});

describe('lists', () => {
  test('name how much they left out', async () => {
    const { out } = await rollcall(acme.folder(), ['inventory', '--limit', '2']);
    expect(out).toContain('… and more: a larger --limit, or --json for all');
    const all = await rollcall(acme.folder(), ['inventory', '--limit', '1000']);
    expect(all.out).not.toContain('… and more');
  });

  test('for programs are whole unless a limit was asked for', async () => {
    const { out, err } = await rollcall(acme.folder(), ['findings', '--json']);
    const rows = JSON.parse(out) as Row[];
    expect(rows.length).toBeGreaterThan(50);
    expect(err).toBe('');
    const few = await rollcall(acme.folder(), ['findings', '--json', '--limit', '3']);
    expect([JSON.parse(few.out), few.err]).toEqual([
      rows.slice(0, 3),
      expect.stringContaining('more: --limit') as string,
    ]);
    expect((await rollcall(acme.folder(), ['findings', '--json', '--text', 'no such name'])).out).toBe('[]\n');
    const lines = async (...argv: string[]) =>
      (await rollcall(acme.folder(), ['inventory', '--json', ...argv])).out.trimEnd().split('\n');
    expect((await lines()).length).toBeGreaterThan(50);
    expect(await lines('--limit', '2')).toHaveLength(2);
  });

  test('for programs tell times as reports do', async () => {
    const at = new Date(NOW).toISOString();
    const [first] = await acme.json<(Row & { openedAt: string; resolvedAt: null })[]>(['findings']);
    expect(first).toMatchObject({ openedAt: at, firstSeen: at, resolvedAt: null });
    expect(await acme.json(['show', first?.id ?? ''])).toMatchObject({ openedAt: at, events: [{ at }] });
    const [risk] = await acme.json<object[]>(['risks']);
    expect(risk).toMatchObject({ createdAt: at });
    const { out } = await rollcall(acme.folder(), ['inventory', '--json', '--kind', 'credential']);
    expect(out).toMatch(/"createdAt":"2026-05-04T00:00:00\.000Z"/);
    expect(out).not.toMatch(/"\w+(?:At|Until)":\d/);
  });

  test('checks are listed in the order of their ids', async () => {
    const { out } = await rollcall(acme.folder(), ['explain']);
    const ids = [...out.matchAll(/^[A-Z]{3}-\d\d/gm)].map(([id]) => id);
    expect(ids.length).toBeGreaterThan(50);
    expect(ids).toEqual(ids.toSorted());
  });
});
