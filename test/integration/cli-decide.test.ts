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
    expect(log.out).toMatch(/Sam Okafor +\w+ +accept-requested/);
    expect(log.out).toMatch(/Aiko Tanaka +\w+ +accept-approved/);
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
    const listed = (now: number) => rollcall(folder, ['risks'], { now });
    expect((await listed(NOW + 30 * DAY)).out).toMatch(
      /\nTo be reviewed since 2026-12-01: rollcall show \w{10}(?:, and \d+ more)?\n/,
    );
    expect((await listed(NOW + DAY)).out).not.toContain('To be reviewed');
    rmSync(folder, { recursive: true });
  });

  test('an owner confirms in their own words', async () => {
    const address = 'files:exports/workflow/finance/n8n/invoice-approval.json#Wf7kQ2mInv01';
    expect(
      (await rollcall(acme.folder(), ['decide', address, 'confirm-owner', '--by', 'priya.nair@acme.example'])).out,
    ).toContain('is confirmed');
    await rollcall(acme.folder(), ['scan', '--config', 'acme/rollcall.yaml', '--quiet']);
    expect((await rollcall(acme.folder(), ['show', address])).out).toContain(
      'recorded in the register by Priya Nair on 2026-11-21',
    );
    const why = ['--reason', 'asked in the review of November'];
    const again = await rollcall(acme.folder(), [
      'decide',
      address,
      'confirm-owner',
      ...why,
      '--by',
      'priya.nair@acme.example',
    ]);
    expect([again.code, again.err]).toEqual([0, '']);
    const { log } = JSON.parse((await rollcall(acme.folder(), ['verify-log', '--list', '--json'])).out) as {
      log: { action: string; body: string }[];
    };
    expect(log.at(-1)).toMatchObject({
      action: 'confirm-owner',
      body: expect.stringContaining('asked in the review of November') as string,
    });
  });

  test('a risk is given to somebody who answers for it, and tells afterwards what became of it', async () => {
    const risk = (await acme.json<Row[]>(['risks']))[1]?.id ?? '';
    const give = ['decide', risk, 'assign', '--to', 'ruth.adeyemi@acme.example', '--by', 'aiko.tanaka@acme.example'];
    const given = await rollcall(acme.folder(), [...give, '--reason', 'she runs the platform']);
    expect(given.out).toBe('Ruth Adeyemi is the accountable owner of this risk until somebody else is named\n');
    await rollcall(acme.folder(), ['scan', '--config', 'acme/rollcall.yaml', '--quiet']);
    const shown = (await rollcall(acme.folder(), ['show', risk])).out;
    expect(shown).toMatch(/owners +accountable Ruth Adeyemi.* \(named\), technical nobody known, backup /);
    expect(shown).toMatch(/History\n {2}2026-11-21 {2}raised {2}scan: \S+ \(\d×\d\)\n/);
    expect(shown).toMatch(/2026-11-21 {2}owner {2}Aiko Tanaka: accountable .+ → Ruth Adeyemi\n/);
    const told = await acme.json<Row & { events: { type: string }[] }>(['show', risk]);
    expect(told.events.at(-1)?.type).toBe('owner');
    const theirs = await acme.json<Row[]>(['risks', '--owner', 'ruth.adeyemi@acme.example']);
    expect(theirs.map(({ id }) => id)).toEqual([risk]);
    const leaving = await rollcall(acme.folder(), ['owners', '--if-leaves', 'ruth.adeyemi@acme.example']);
    expect(leaving.out).toContain('named as an owner of 1 risk: ');
    expect((await rollcall(acme.folder(), ['risks', '--owner', 'nobody@acme.example'])).err).toContain(
      'nobody is known',
    );
    const [finding] = await acme.json<Row[]>(['findings']);
    const wrong = ['decide', finding?.id ?? '', ...give.slice(2), '--role', 'backup'];
    expect((await rollcall(acme.folder(), wrong)).err).toContain('takes no --role for a finding');
  });

  describe('refuses, and keeps nothing of it,', () => {
    const by = ['--by', 'aiko.tanaka@acme.example'];
    const why = ['--reason', 'the supplier signs its calls'];
    const entries = async () =>
      (JSON.parse((await rollcall(acme.folder(), ['verify-log', '--json'])).out) as { entries: number }).entries;

    test.each([
      [
        'a day that no calendar has',
        'medium',
        ['accept', ...by, ...why, '--until', '2027-02-30'],
        /2027-02-30 is no date/,
      ],
      [
        'an end of what has none',
        'medium',
        ['false-positive', ...by, ...why, '--until', '2026-12-01'],
        /decide … false-positive takes no --until/,
      ],
      [
        'somebody else’s options',
        'medium',
        ['accept', ...by, ...why, '--until', '2026-12-01', '--to', 'a', '--role', 'backup'],
        /takes no --to and no --role/,
      ],
      [
        'another end than was asked for',
        'medium',
        ['approve', ...by, '--until', '2026-12-01'],
        /decide … approve takes no --until/,
      ],
      ['a word that is none', 'medium', ['acept'], /"acept" is no decision; there are: accept, false-positive/],
      ['no word at all', 'medium', by, /say what is decided; there are: accept/],
      ['a list and a decision at once', 'medium', ['accept', '--pending'], /--pending lists what waits/],
      ['to withdraw what nobody decided', 'medium', ['withdraw', ...by, ...why], /there is nothing to withdraw/],
    ])('%s', async (_, severity, argv, message) => {
      const before = await entries();
      const [row] = await acme.json<Row[]>(['findings', '--severity', severity]);
      const { code, out, err } = await rollcall(acme.folder(), ['decide', row?.id ?? '', ...argv]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(message);
      expect(await entries()).toBe(before);
    });

    test('a review of a risk that is over', async () => {
      const [risk] = await acme.json<Row[]>(['risks']);
      const { code, err } = await rollcall(acme.folder(), [
        'decide',
        risk?.id ?? '',
        'mitigate',
        ...by,
        ...why,
        '--until',
        '2020-01-01',
      ]);
      expect([code, err]).toEqual([2, expect.stringContaining('2020-01-01 is in the past') as string]);
    });

    test('the beginning of an id that says too little, and names what it could mean', async () => {
      const findings = await acme.json<Row[]>(['findings', '--limit', '500']);
      const risks = await acme.json<Row[]>(['risks']);
      const alone = (letter: string, rows: readonly Row[]) =>
        rows.filter(({ id }) => id.startsWith(letter)).length === 1;
      const beginnings = findings.flatMap(({ id }) => [1, 2, 3].map((length) => id.slice(0, length)));
      const both = beginnings.find((letters) => alone(letters, findings) && alone(letters, risks));
      const mixed = await rollcall(acme.folder(), [
        'decide',
        both ?? '?',
        'accept',
        ...by,
        ...why,
        '--until',
        '2026-12-01',
      ]);
      expect([mixed.code, mixed.err]).toEqual([
        2,
        expect.stringMatching(/begins the finding \w{10} and the risk \w{10}/) as string,
      ]);
      const several = beginnings.find(
        (letters) => !alone(letters, findings) && risks.every(({ id }) => !id.startsWith(letters)),
      );
      const shown = await rollcall(acme.folder(), ['show', several ?? '?']);
      expect([shown.code, shown.err]).toEqual([
        2,
        expect.stringMatching(/several findings begin with "\w+": \w{10}, \w{10}.*; give more/) as string,
      ]);
      expect((await rollcall(acme.folder(), ['show', ''])).err).toContain('id is empty');
    });
  });
});
