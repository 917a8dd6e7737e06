import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../src/core/time.ts';
import { NOW, layOutAcme, scannedAcme, type Row } from '../helpers/acme.ts';
import { rollcall } from '../helpers/run-cli.ts';

const acme = scannedAcme();

describe('decide', () => {
  test('high takes two people who are not the owner; the log tells it and holds together', async () => {
    const [finding] = await acme.json<Row[]>(['findings', '--check', 'WFL-03', '--severity', 'high']);
    const id = finding?.id.slice(0, 8) ?? '';
    const until = new Date(NOW + 20 * DAY).toISOString().slice(0, 10);
    const ask = (by: string) =>
      rollcall(acme.folder(), [
        'decide',
        id,
        'accept',
        '--until',
        until,
        '--reason',
        'moves to the new system',
        '--by',
        by,
      ]);
    const approve = (by: string) =>
      rollcall(acme.folder(), ['decide', id, 'approve', '--reason', 'seen the plan', '--by', by]);
    expect(await ask('priya.nair@acme.example')).toMatchObject({
      code: 2,
      err: expect.stringContaining('owns this') as string,
    });
    expect((await ask('sam.okafor@acme.example')).out).toContain('waits for a second person');
    expect(await approve('sokafor')).toMatchObject({
      code: 2,
      err: expect.stringContaining('second person') as string,
    });
    expect(await approve('tom.becker@acme.example')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not active') as string,
    });
    expect((await approve('aiko.tanaka@acme.example')).out).toContain('is in force');
    const accepted = await acme.json<Row[]>(['findings', '--state', 'accepted']);
    expect(accepted.map((row) => row.id)).toEqual([finding?.id]);
    const log = await rollcall(acme.folder(), ['verify-log', '--list']);
    expect(log.code).toBe(0);
    expect(log.out).toContain('accept-approved');
    expect(log.out).toContain('cannot prove');
    const { out: shown } = await rollcall(acme.folder(), ['show', id]);
    expect(shown).toMatch(
      /asked for by Sam Okafor on .*, answered by Aiko Tanaka on .* — moves to the new system — seen the plan/,
    );
  });

  test('the risk follows at once, and the next scan finds nothing to change in it', async () => {
    const [finding] = await acme.json<(Row & { initiative: string; threat: string })[]>([
      'findings',
      '--severity',
      'medium',
    ]);
    const risk = async () =>
      (await acme.json<{ id: string; initiative: string; threat: string; residual: unknown }[]>(['risks'])).find(
        ({ initiative, threat }) => initiative === finding?.initiative && threat === finding.threat,
      );
    const before = await risk();
    const until = new Date(NOW + 20 * DAY).toISOString().slice(0, 10);
    const by = ['--until', until, '--reason', 'until the move', '--by', 'aiko.tanaka@acme.example'];
    expect((await rollcall(acme.folder(), ['decide', finding?.id ?? '', 'accept', ...by])).out).toContain(
      'is in force',
    );
    const after = await risk();
    expect(after?.residual).not.toEqual(before?.residual);
    const listed = await acme.json<Row[]>(['findings', '--risk', after?.id ?? '']);
    expect(listed.map(({ id }) => id)).not.toContain(finding?.id);
    await rollcall(acme.folder(), ['scan', '--config', 'acme/rollcall.yaml', '--quiet']);
    expect(await risk()).toEqual(after);
  });

  test('an acceptance ends by itself, and that is a finding of its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-lapse-'));
    layOutAcme(folder);
    const scanAt = (now: number) => rollcall(folder, ['scan', '--config', 'acme/rollcall.yaml', '--quiet'], { now });
    await scanAt(NOW);
    const [row] = JSON.parse((await rollcall(folder, ['findings', '--severity', 'medium', '--json'])).out) as Row[];
    await rollcall(folder, [
      'decide',
      row?.id ?? '',
      'accept',
      '--until',
      '2026-12-01',
      '--reason',
      'until the move',
      '--by',
      'aiko.tanaka@acme.example',
    ]);
    await scanAt(NOW + 30 * DAY);
    const lapsed = JSON.parse((await rollcall(folder, ['findings', '--check', 'SOD-05', '--json'])).out) as Row[];
    expect(lapsed).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  test('a remedy that was decided and not carried out is a finding of its own, until it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-remedy-'));
    layOutAcme(folder);
    const scanAt = (now: number) => rollcall(folder, ['scan', '--config', 'acme/rollcall.yaml', '--quiet'], { now });
    const found = async () =>
      JSON.parse((await rollcall(folder, ['findings', '--check', 'SOD-06', '--json'])).out) as Row[];
    await scanAt(NOW);
    const [risk] = JSON.parse((await rollcall(folder, ['risks', '--json'])).out) as Row[];
    const mend = ['decide', risk?.id ?? '', 'mitigate', '--until', '2026-12-01', '--reason', 'rotate it'];
    expect((await rollcall(folder, [...mend, '--by', 'aiko.tanaka@acme.example'])).code).toBe(0);
    await scanAt(NOW + DAY);
    expect(await found()).toEqual([]);
    await scanAt(NOW + 30 * DAY);
    expect(await found()).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  test('an owner confirms in their own words', async () => {
    const address = 'files:exports/workflow/finance/n8n/invoice-approval.json#Wf7kQ2mInv01';
    expect(
      (await rollcall(acme.folder(), ['decide', address, 'confirm-owner', '--by', 'priya.nair@acme.example'])).out,
    ).toContain('is confirmed');
    await rollcall(acme.folder(), ['scan', '--config', 'acme/rollcall.yaml', '--quiet']);
    expect((await rollcall(acme.folder(), ['show', address])).out).toContain('recorded in the register by p01');
  });
});
