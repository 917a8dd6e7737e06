import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { example } from '../../src/formats/n8n/example.ts';
import {
  expectClear,
  expectGap,
  expectRead,
  expectRefusal,
  expectRefusalOrGap,
  goodWorkflow,
  named,
  scanQuietly,
  workshop,
  type Bench,
} from '../helpers/bad-input.ts';
import { rollcall, type Ran } from '../helpers/rollcall.ts';
import { processorTime } from '../helpers/processor-time.ts';
import { zipOf } from '../helpers/zip.ts';

const { fresh, clear } = workshop();
afterAll(clear);

const root = process.getuid?.() === 0;
const good = example.text;

describe('what is not there, or empty', () => {
  test('a missing path', async () => {
    expectRefusal(await fresh().run('scan', 'nowhere'), 'nowhere', 'no such file');
  });
  test('an empty file, an empty folder, a folder of empty files', async () => {
    const bench = fresh();
    bench.put('exports/empty.json', '');
    bench.put('exports/blank.yaml', ' \n');
    bench.put('exports/empty.zip', '');
    mkdirSync(join(bench.folder, 'exports/nothing'));
    mkdirSync(join(bench.folder, 'void'));
    await expectRead(bench);
    const empty = await bench.run('scan', 'void', '--db', 'void.db');
    expect(empty.code).toBe(0);
    bench.put('empty.json', '');
    expect((await bench.run('scan', 'empty.json', '--db', 'empty.db')).code).toBe(0);
  });
});

describe('what cannot be read', () => {
  // Permissions do not stop the superuser: then the command runs as somebody else.
  const asNobody = 'exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"';
  const canBeNobody =
    !root ||
    spawnSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, '-e', '0']).status ===
      0;
  const skip = !canBeNobody;
  if (skip) process.stderr.write('skipped: permissions, for this is the superuser and setpriv does not work here\n');
  const run = (bench: Bench, ...args: string[]): Promise<Ran> => {
    if (root) execFileSync('chown', ['-R', '65534:65534', bench.folder]);
    if (root) chmodSync(join(bench.folder, '..'), 0o755);
    return rollcall(args, { cwd: bench.folder, ...(root && { shell: asNobody }) });
  };
  test.skipIf(skip)('a file', async () => {
    const bench = fresh();
    chmodSync(bench.put('exports/secret.json', named('Secret')), 0);
    await expectGap(bench, 'secret.json', 'unreadable', await run(bench, ...scanQuietly));
  });
  test.skipIf(skip)('a folder, an ignore file, CODEOWNERS, a git configuration', async () => {
    const bench = fresh();
    bench.put('exports/locked/flow.json', named('Locked'));
    chmodSync(bench.put('exports/.gitignore', 'good.json'), 0);
    chmodSync(bench.put('exports/CODEOWNERS', '* @ada'), 0);
    chmodSync(bench.put('exports/.git/config', '[remote "origin"]'), 0);
    chmodSync(join(bench.folder, 'exports/locked'), 0);
    const ran = await run(bench, ...scanQuietly);
    await expectGap(bench, 'locked', 'unreadable', ran);
    const told = (await bench.gaps()).spots.map(({ subject }) => subject);
    expect(told).toEqual(expect.arrayContaining(['.gitignore', 'CODEOWNERS']));
    chmodSync(join(bench.folder, 'exports/locked'), 0o700);
  });
  test.skipIf(skip)('the folder itself, or the only file', async () => {
    const bench = fresh();
    chmodSync(bench.put('alone.json', good), 0);
    const alone = await run(bench, 'scan', 'alone.json');
    expect([2, 3]).toContain(alone.code);
    expectClear(alone);
    expect(alone.stderr).toContain('alone.json');
    mkdirSync(join(bench.folder, 'shut'), { mode: 0 });
    const shut = await run(bench, 'scan', 'shut');
    expect([2, 3]).toContain(shut.code);
    expectClear(shut);
  });
  test.skipIf(skip)('a folder for the database that may not be written to; a report that may not be', async () => {
    const bench = fresh();
    mkdirSync(join(bench.folder, 'frozen'));
    bench.put('frozen/report.html', 'the old one');
    chmodSync(join(bench.folder, 'frozen'), 0o555);
    expectRefusal(await run(bench, ...scanQuietly, '--db', 'frozen/x.db'), 'frozen/x.db', 'may write');
    await run(bench, ...scanQuietly);
    expectRefusal(await run(bench, 'report', '--out', 'frozen/report.html'), 'frozen/report.html', 'cannot be written');
    expect(readFileSync(join(bench.folder, 'frozen/report.html'), 'utf8')).toBe('the old one');
    chmodSync(join(bench.folder, 'rollcall.db'), 0o400);
    const readOnly = await run(bench, ...scanQuietly);
    expectRefusal(readOnly, 'rollcall.db');
    chmodSync(join(bench.folder, 'frozen'), 0o755);
  });
  test('pipes and sockets do not hang it', async () => {
    const bench = fresh();
    execFileSync('mkfifo', [join(bench.folder, 'exports/pipe.json')]);
    execFileSync('mkfifo', [join(bench.folder, 'exports/people.csv')]);
    const server = createServer().listen(join(bench.folder, 'exports/socket'));
    await expectRead(bench);
    server.close();
    expectRefusalOrGap(await bench.run('scan', 'exports/pipe.json', '--fail-on', 'never'));
  });
  test('links in a circle, to nowhere and to the outside', async () => {
    const bench = fresh();
    bench.put('outside/secret.json', named('Outside'));
    const link = (to: string, at: string): void => symlinkSync(to, join(bench.folder, 'exports', at));
    link('..', 'up');
    link('.', 'self');
    link('b', 'a');
    link('a', 'b');
    link('missing', 'dangling');
    link('../outside/secret.json', 'escape.json');
    link('../outside', 'escape');
    link('good.json', 'again.json');
    link('/etc/passwd', 'passwd');
    await expectRead(bench);
    expect(await bench.workflows()).not.toContain('Outside');
    const told = (await bench.gaps()).spots.map(({ subject }) => subject);
    expect(told).toEqual(
      expect.arrayContaining(['a', 'b', 'dangling', 'escape', 'escape.json', 'passwd', 'self', 'up']),
    );
  });
});

describe('what is no export', () => {
  test('binary', async () => {
    const bench = fresh();
    bench.put('exports/blob.bin', Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7) % 256)));
    bench.put('exports/blob.json', Buffer.from([0, 1, 2, 3, 255, 254, 0, 0]));
    const ran = await bench.run(...scanQuietly);
    expect([0, 3]).toContain(ran.code);
    expectClear(ran);
    expect(await bench.workflows()).toContain(goodWorkflow);
    expect((await bench.gaps()).spots.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['blob.json']));
  });
  test('500 MB', async () => {
    const bench = fresh();
    for (const name of ['huge.json', 'huge.csv', 'huge.yaml', 'huge.zip']) {
      const handle = openSync(join(bench.folder, 'exports', name), 'w');
      ftruncateSync(handle, 500 * 1024 * 1024);
      closeSync(handle);
    }
    expect(await processorTime(() => expectGap(bench, 'huge.json', 'too-large'))).toBeLessThan(5_000);
    expectRefusalOrGap(await bench.run('scan', 'exports/huge.json', '--fail-on', 'never'));
  });
  test('cut off in the middle', async () => {
    const bench = fresh();
    bench.put('exports/cut.json', good.slice(0, good.length / 2));
    const archive = zipOf([{ name: 'a.json', content: good }]);
    bench.put('exports/cut.zip', archive.subarray(0, archive.length / 2));
    await expectGap(bench, 'cut.json', 'unparsable');
    const { spots } = await bench.gaps();
    expect(spots.find(({ subject }) => subject === 'cut.json')?.detail).toMatch(/line \d+, column \d+/);
    expect(spots.find(({ subject }) => subject === 'cut.zip')).toMatchObject({ reason: 'unreadable' });
  });
  test('100,000 levels deep', async () => {
    const bench = fresh();
    const deep = 100_000;
    bench.put('exports/deep.json', `${'['.repeat(deep)}${']'.repeat(deep)}`);
    bench.put('exports/objects.json', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`);
    bench.put('exports/open.json', '['.repeat(deep));
    bench.put('exports/flow.yaml', `${'['.repeat(deep)}${']'.repeat(deep)}`);
    bench.put('exports/dashes.yaml', `${'- '.repeat(deep)}x`);
    bench.put('exports/indented.yaml', Array.from({ length: 2_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'));
    bench.put('exports/page.xml', `${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}`);
    bench.put('exports/settings.js', `module.exports = ${'{a:'.repeat(deep)}1${'}'.repeat(deep)}`);
    const ran = await bench.run(...scanQuietly);
    for (const name of ['deep.json', 'objects.json', 'open.json', 'flow.yaml', 'dashes.yaml'])
      await expectGap(bench, name, 'unparsable', ran);
  });
  test('in other encodings', async () => {
    const bench = fresh();
    const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
    bench.put('exports/bom.json', `\uFEFF${named('Bom', 'b1')}`);
    bench.put('exports/utf16le.json', Buffer.from(`\uFEFF${named('Little', 'b2')}`, 'utf16le'));
    bench.put('exports/utf16be.json', swapped(`\uFEFF${named('Big', 'b3')}`));
    bench.put('exports/utf16le-bare.json', Buffer.from(named('Bare', 'b4'), 'utf16le'));
    bench.put('exports/latin1.json', Buffer.from(named('Grüße', 'b5'), 'latin1'));
    bench.put(
      'exports/invalid.json',
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
    );
    await expectRead(bench, 'Bom', 'Little', 'Big', 'Bare', 'Grüße');
  });
  test('aliases that unfold without end', async () => {
    const bench = fresh();
    const lines = Array.from(
      { length: 30 },
      (_, at) =>
        `a${at + 1}: &a${at + 1} [${Array(9)
          .fill(at === 0 ? 'x' : `*a${at}`)
          .join(',')}]`,
    );
    bench.put('exports/bomb.yaml', lines.join('\n'));
    bench.put('exports/self.yaml', 'a: &a\n  b: *a\n');
    bench.put('exports/people.yaml', `people:\n  - id: 1\n    emails: [a@acme.example]\n${lines.join('\n')}`);
    await expectGap(bench, 'bomb.yaml', 'unparsable');
  });
});
