import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scannedAcme } from '../helpers/acme.ts';
import { rollcall } from '../helpers/run-cli.ts';

const acme = scannedAcme();

describe('mistakes', () => {
  test.each([
    [['scan', 'nowhere'], /^rollcall: nowhere: no such file/],
    [['scan', ''], /path is empty/],
    [['run', '--once', '--listen', '127.0.0.1:9464'], /--once answers nobody/],
    [['scn'], /unknown command 'scn'/],
    [['scan', '--fail-on', 'dreadful', 'acme'], /--fail-on: "dreadful" is no severity; there are: info, .*, or never/],
    [['scan', 'acme', '--policy', 'nope'], /no policy is called "nope"; there are: baseline, strict/],
    [['show', 'nothing-like-it'], /nothing is called/],
    [['report', '--format', 'pdf'], /no report format/],
    [['findings', '--db', 'other.db'], /there is no register yet/],
    [
      ['decide', 'zzz', 'accept', '--by', 'sokafor', '--reason', 'because', '--until', '2026-12-01'],
      /no finding starts with/,
    ],
  ])('%j is one clear line and exit code 2', async (argv, message) => {
    const { code, err } = await rollcall(acme.folder(), argv);
    expect(err.trim()).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });

  test('what cannot be written is named, and is no fault of the program', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-unwritten-'));
    mkdirSync(join(folder, 'rollcall.yaml'));
    writeFileSync(join(folder, 'taken'), 'a file');
    for (const [argv, message] of [
      [['init', '--force'], /rollcall\.yaml: cannot be written: is a folder, not a file/],
      [['demo', 'taken'], /taken: is not empty and not an example of ours/],
      [['demo', 'taken/inside'], /inside: the example cannot be written: a part of the path is a file/],
    ] as const) {
      const { code, err } = await rollcall(folder, argv);
      expect([argv, code, err]).toEqual([argv, 2, expect.stringMatching(message) as string]);
      expect(err).not.toContain('fault in Rollcall');
    }
    rmSync(folder, { recursive: true });
  });

  test('the example does not get into a register of one’s own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-own-'));
    writeFileSync(join(folder, 'note.txt'), 'a note');
    await rollcall(folder, ['scan', 'note.txt', '--quiet']);
    const { code, err } = await rollcall(folder, ['demo']);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('holds files:note.txt, which is not of the example') as string,
    ]);
    const { out } = await rollcall(folder, ['inventory']);
    expect(out).not.toContain('Priya');
    rmSync(folder, { recursive: true });
  });

  test('doctor tries each source that is named, or says that there is none', async () => {
    const config = ['--config', 'acme/rollcall.yaml'];
    const one = await rollcall(acme.folder(), ['doctor', 'people', 'n8n:man', ...config]);
    expect([one.code, one.err]).toEqual([
      2,
      expect.stringContaining('there is no source n8n:man; there are: ') as string,
    ]);
    const none = await rollcall(acme.folder(), ['doctor', 'n8n']);
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringContaining('there is no source n8n; there are: none') as string,
    ]);
  });

  test('a severity is taken in capitals, never too', async () => {
    const never = ['scan', '--config', 'acme/rollcall.yaml', '--quiet', '--fail-on', 'NEVER'];
    expect(await rollcall(acme.folder(), never)).toEqual({ code: 0, out: '', err: '' });
  });

  test('doctor names the path that is not there', async () => {
    writeFileSync(join(acme.folder(), 'gone.yaml'), 'sources:\n  - { connector: files, id: gone, path: not/here }\n');
    const { code, out } = await rollcall(acme.folder(), ['doctor', '--config', 'gone.yaml']);
    expect([code, out]).toEqual([2, expect.stringMatching(/✗ files:gone\n +\S+not\/here: no such file/) as string]);
  });

  test('a typo in the configuration is named with line and column', async () => {
    writeFileSync(join(acme.folder(), 'typo.yaml'), 'sources:\n  - connector: files\n    path: acme\npolcy: strict\n');
    const { err, code } = await rollcall(acme.folder(), ['scan', '--config', 'typo.yaml']);
    expect([code, err]).toEqual([2, expect.stringContaining('typo.yaml:4:1 polcy: no such key') as string]);
  });

  test('what the data says cannot act on the terminal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-esc-'));
    const name = 'Evil\u001b[2J\u202Eflow';
    writeFileSync(
      join(folder, 'w.json'),
      JSON.stringify({
        id: 'x',
        name,
        active: true,
        nodes: [{ id: '1', name: 'h', type: 'n8n-nodes-base.webhook', parameters: { path: 'x' } }],
        connections: {},
      }),
    );
    const shown = [
      await rollcall(folder, ['scan', 'w.json'], { colour: true }),
      await rollcall(folder, ['findings']),
      await rollcall(folder, ['inventory']),
      await rollcall(folder, ['check', 'w.json']),
      await rollcall(folder, ['report', '--format', 'csv']),
      await rollcall(folder, ['report', '--format', 'markdown']),
      await rollcall(folder, ['report', '--format', 'html']),
    ];
    for (const { out, err } of shown) {
      expect(out + err).not.toContain('\u001b[2J');
      expect(out + err).not.toContain('\u202E');
    }
    expect(shown[2]?.out).toContain('Evil␛[2J');
    rmSync(folder, { recursive: true });
  });
});
