import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import type { BlindReason } from '../../src/core/coverage.ts';
import { example } from '../../src/formats/n8n/example.ts';
import { goodWorkflow, workshop, type Bench } from '../helpers/bad-input.ts';
import { rollcall, start, type Ran } from '../helpers/rollcall.ts';
import { zipOf } from '../helpers/zip.ts';

const { fresh, clear } = workshop();
afterAll(clear);

const root = process.getuid?.() === 0;
const good = example.text;
const scanQuietly = ['scan', 'exports', '--fail-on', 'never'];

/** One clear line, or a few, and nothing of the program's insides. */
function expectClear({ stderr }: Ran): void {
  expect(stderr).not.toMatch(/\n\s+at |node:internal|unexpected|fault in/i);
}

/** Refused in one line that holds all of these. */
function expectRefusal(ran: Ran, ...parts: string[]): void {
  expect(ran.code, ran.stderr).toBe(2);
  expectClear(ran);
  expect(ran.stdout).toBe('');
  expect(ran.stderr).toMatch(/(?:^|\n)(?:rollcall|error): [^\n]+\n/);
  for (const part of parts) expect(ran.stderr).toContain(part);
}

/** The good file beside it is on the roll, and the gap is known by its name. */
async function expectGap(bench: Bench, subject: string, reason: BlindReason, ran?: Ran): Promise<void> {
  const scanned = ran ?? (await bench.run(...scanQuietly));
  expect(scanned.code, scanned.stderr).toBe(3);
  expectClear(scanned);
  const { spots } = await bench.gaps();
  expect(spots.map((spot) => `${spot.subject}: ${spot.reason}`)).toContain(`${subject}: ${reason}`);
  expect(await bench.workflows()).toContain(goodWorkflow);
}

/** Read without a gap. */
async function expectRead(bench: Bench, ...names: string[]): Promise<void> {
  const scanned = await bench.run(...scanQuietly);
  expect((await bench.gaps()).spots.filter(({ expected }) => expected !== true)).toEqual([]);
  expect(scanned.code, scanned.stderr).toBe(0);
  expectClear(scanned);
  expect(await bench.workflows()).toEqual(expect.arrayContaining([goodWorkflow, ...names]));
}

const named = (name: string, id = 'other'): string =>
  good.replaceAll(goodWorkflow, name).replace('wfLeave0000000001', id);

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
  if (skip) console.log('skipped: permissions, because this is the superuser and setpriv does not work here');
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

function expectRefusalOrGap(ran: Ran): void {
  expect([2, 3], ran.stderr).toContain(ran.code);
  expectClear(ran);
}

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
    const started = performance.now();
    await expectGap(bench, 'huge.json', 'too-large');
    expect(performance.now() - started).toBeLessThan(5_000);
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

describe('archives', () => {
  test('that unfold a thousandfold, alone and in each other', async () => {
    const bench = fresh();
    const bomb = zipOf([{ name: 'zeros.txt', content: Buffer.alloc(60 * 1024 * 1024) }]);
    expect(bomb.length).toBeLessThan(100_000);
    bench.put('exports/bomb.zip', bomb);
    bench.put(
      'exports/nested.zip',
      zipOf(Array.from({ length: 10 }, (_, at) => ({ name: `${at}.zip`, content: bomb }))),
    );
    const started = performance.now();
    await expectGap(bench, 'bomb.zip!/zeros.txt', 'unsafe-archive');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
  test('whose members point elsewhere', async () => {
    const bench = fresh();
    const names = [
      '../up.json',
      'a/../../b.json',
      '/etc/x.json',
      'C:/x.json',
      'C:x.json',
      'a\\..\\b.json',
      '\\\\host\\share\\x.json',
    ];
    bench.put(
      'exports/all.zip',
      zipOf([
        ...names.map((name) => ({ name, content: named(name) })),
        { name: 'link', content: '/etc/passwd', link: true },
        { name: 'fine.json', content: named('Fine') },
      ]),
    );
    for (const name of names) await expectGap(bench, `all.zip!/${name}`, 'unsafe-archive');
    expect(await bench.workflows()).toContain('Fine');
    expect(existsSync(join(bench.folder, 'up.json'))).toBe(false);
  });
});

describe('content that means harm', () => {
  test('ids that occur twice, in one file and in two', async () => {
    const bench = fresh();
    const twice = JSON.parse(good) as object;
    bench.put('exports/twice.json', JSON.stringify([twice, { ...twice, name: 'Same id, other workflow' }]));
    bench.put('exports/copy.json', good);
    const ran = await bench.run(...scanQuietly);
    expect([0, 3], ran.stderr).toContain(ran.code);
    expectClear(ran);
    const names = await bench.workflows();
    const lost = (await bench.gaps()).spots.filter(({ reason }) => reason === 'duplicate-id').length;
    expect(names.length + lost).toBe(4);
    // Nothing moves when the same is read again.
    const again = JSON.parse((await bench.run(...scanQuietly, '--json')).stdout) as { new: number; resolved: number };
    expect(again).toMatchObject({ new: 0, resolved: 0 });
  });
  test('keys that reach for the prototype, in every format', async () => {
    const bench = fresh();
    const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'];
    const evil = keys.map((key) => `"${key}": {"polluted": "yes", "name": "x", "type": "x"}`).join(', ');
    const { formats } = await import('../../src/formats/index.ts');
    for (const { id, example: sample } of formats) {
      if (!('text' in sample)) continue;
      bench.put(`exports/${id}/start/${sample.path}`, sample.text.replaceAll('{', `{${evil}, `));
      for (const key of keys)
        bench.put(
          `exports/${id}/${key}/${sample.path}`,
          sample.text.replaceAll(/"(?:name|id|type|nodes|actions|parameters)"/g, `"${key}"`),
        );
    }
    bench.put('exports/__proto__/constructor.json', good);
    bench.put('exports/people.csv', 'id,name,emails\n__proto__,constructor,__proto__@acme.example\n');
    const ran = await bench.run(...scanQuietly);
    expect([0, 3], ran.stderr).toContain(ran.code);
    expectClear(ran);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(await bench.workflows()).toContain(goodWorkflow);
    expect((await bench.run('report', '--format', 'json', '--out', 'r.json')).code).toBe(0);
  });
  test('control sequences, direction overrides and markup in every name', async () => {
    const bench = fresh();
    const nasty =
      '\u001b[31mred\u001b]0;title\u0007\u009b2J\u202Egpj.exe\u2066\u0000\r\n<script>alert(1)</script>=HYPERLINK("x")|[a](javascript:b)`';
    const evil = JSON.parse(good) as {
      name: string;
      nodes: { name: string; type: string }[];
      tags: { name: string }[];
    };
    evil.name = `=cmd ${nasty}`;
    for (const node of evil.nodes) node.name += nasty;
    for (const tag of evil.tags) tag.name += nasty;
    bench.put('exports/evil.json', JSON.stringify(evil));
    bench.put(`exports/\u001b[31m\u202Ered<script>.json`, good);
    bench.put(`exports/\u001b[31m\u202Ebroken.json`, '{');
    const outputs = [
      await bench.run('scan', 'exports'),
      await bench.run('scan', 'exports', '--json'),
      await bench.run('findings'),
      await bench.run('findings', '--json'),
      await bench.run('inventory'),
      await bench.run('inventory', '--json'),
      await bench.run('owners'),
      await bench.run('owners', '--json'),
      await bench.run('risks'),
      await bench.run('risks', '--json'),
      await bench.run('show', 'cmd'),
      await bench.run('check', 'exports'),
      await bench.run('check', 'exports', '--format', 'json'),
      await bench.run('check', 'exports', '--format', 'sarif'),
    ].map(({ stdout, stderr }) => stdout + stderr);
    for (const format of ['html', 'csv', 'json', 'sarif', 'markdown', 'ir8286'])
      outputs.push((await bench.run('report', '--format', format)).stdout);
    for (const what of ['inventory', 'risks', 'owners'])
      outputs.push((await bench.run('report', '--format', 'csv', '--what', what)).stdout);
    for (const text of outputs) {
      expect(text.length).toBeGreaterThan(2);
      // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/
          .exec(text)
          ?.input.slice(0, 80),
      ).toBeUndefined();
    }
    const [html = '', csv = ''] = outputs.slice(14);
    expect(html).not.toContain('<script>alert');
    expect(csv).not.toMatch(/(?:^|[,;\n])"?=/);
  });
  test('very long names', async () => {
    const bench = fresh();
    const long = 'x'.repeat(1_000_000);
    bench.put('exports/long.json', named(long, long));
    bench.put(`exports/${'n'.repeat(250)}.json`, named('Long file name'));
    bench.put(`exports/${'deep/'.repeat(200)}flow.json`, named('Deep folder'));
    await expectRead(bench, 'Long file name', 'Deep folder');
    for (const command of ['findings', 'inventory', 'owners', 'risks', 'report']) {
      const shown = await bench.run(command);
      expect(shown.code).toBe(0);
      expectClear(shown);
    }
  });
});

describe('the database', () => {
  test('that another process holds', async () => {
    const bench = fresh();
    await bench.run(...scanQuietly);
    const other = new Database(join(bench.folder, 'rollcall.db'));
    other.exec('begin exclusive');
    expectRefusal(await rollcall(scanQuietly, { cwd: bench.folder }), 'rollcall.db', 'locked by another process');
    other.exec('rollback');
    other.close();
    expect((await bench.run(...scanQuietly)).code).toBe(0);
  });
  test('of another program, of a newer version, none at all, a folder, a damaged one', async () => {
    const bench = fresh();
    const foreign = new Database(join(bench.folder, 'foreign.db'));
    foreign.exec('create table cats (name text)');
    foreign.close();
    expectRefusal(await bench.run(...scanQuietly, '--db', 'foreign.db'), 'foreign.db', 'another program');
    bench.put('note.db', 'Dear diary, today I was no database at all, and that is fine.');
    expectRefusal(await bench.run(...scanQuietly, '--db', 'note.db'), 'note.db', 'not a SQLite database');
    expect(readFileSync(join(bench.folder, 'note.db'), 'utf8')).toMatch(/^Dear diary/);
    expectRefusal(await bench.run(...scanQuietly, '--db', 'exports'), 'exports', 'folder');
    expectRefusal(await bench.run(...scanQuietly, '--db', 'no/where/x.db'), 'no/where', 'does not exist');
    expectRefusal(await bench.run('findings', '--db', 'none.db'), 'none.db', 'rollcall scan');
    await bench.run(...scanQuietly);
    const newer = new Database(join(bench.folder, 'rollcall.db'));
    newer.exec("insert into kysely_migration (name, timestamp) values ('9999_future', '2030-01-01')");
    newer.close();
    expectRefusal(await bench.run(...scanQuietly), 'rollcall.db', 'newer Rollcall', '9999_future');
    const bytes = readFileSync(join(bench.folder, 'rollcall.db'));
    bytes.fill(0x5a, 4_096, 40_960);
    writeFileSync(join(bench.folder, 'damaged.db'), bytes);
    expectRefusal(await bench.run(...scanQuietly, '--db', 'damaged.db'), 'damaged.db');
  });
  test('whose key is missing, wrong or broken', async () => {
    const bench = fresh();
    await bench.run(...scanQuietly);
    const key = join(bench.folder, 'rollcall.db.key');
    const kept = readFileSync(key);
    execFileSync('rm', [key]);
    expectRefusal(await bench.run(...scanQuietly), 'rollcall.db.key');
    writeFileSync(key, 'short');
    expectRefusal(await bench.run(...scanQuietly), 'rollcall.db.key');
    writeFileSync(key, kept.toString().replaceAll(/[0-9a-f]/g, 'a'));
    expectRefusal(await bench.run(...scanQuietly), 'rollcall.db.key');
    writeFileSync(key, kept);
    expect((await bench.run(...scanQuietly)).code).toBe(0);
  });
  test('on a disk that is full', async () => {
    const bench = fresh();
    for (let at = 0; at < 120; at++) bench.put(`exports/${at}.json`, named(`Flow ${at}`, `w${at}`));
    // In blocks of 512 bytes: what a process writes beyond is refused as if the disk were full.
    const full = await rollcall(scanQuietly, { cwd: bench.folder, shell: 'trap \'\' XFSZ; ulimit -f 900; exec "$@"' });
    expectRefusal(full, 'rollcall.db', 'disk');
    expect((await bench.run(...scanQuietly)).code).toBe(0);
    expect(await bench.workflows()).toHaveLength(121);
  });
});

describe('what people write by hand', () => {
  const where = (file: string, line: number): RegExp => new RegExp(`${file}:${line}:\\d+`);
  test('a configuration', async () => {
    const bench = fresh();
    const scan = async (config: string): Promise<Ran> => {
      bench.put('rollcall.yaml', config);
      return bench.run('scan', '--fail-on', 'never');
    };
    const cases: readonly [string, number, string][] = [
      ['sources:\n  - connector: files\n    path: exports\npolcy: strict\n', 4, 'polcy'],
      ['sources:\n  - conector: files\n    path: exports\n', 2, 'connector'],
      ['sources: [\n', 2, 'not valid YAML'],
      ['sources:\n  - connector: files\n    path: exports\n    environment: prodution\n', 4, 'environment'],
      ['sources:\n  - connector: files\n    path: exports\n    exlude: [a]\n', 4, 'exlude'],
      ['sources:\n  - connector: files\n    path: 7\n', 3, 'path'],
      [
        'sources:\n  - connector: files\n    path: "https://hooks.acme.example/x?password=b7Xq9Lm2Vt5Rz8"\n',
        3,
        'looks like a secret',
      ],
      ['sources:\n  - connector: fils\n    path: exports\n', 2, 'fils'],
      [
        'sources:\n  - connector: files\n    path: exports\n  - connector: files\n    path: exports\n',
        0,
        'two sources',
      ],
    ];
    for (const [config, line, word] of cases) {
      const ran = await scan(config);
      expectRefusal(ran, 'rollcall.yaml', word);
      if (line > 0) expect(ran.stderr, config).toMatch(where('rollcall.yaml', line));
    }
    const missing = await scan(
      'sources:\n  - connector: files\n    path: nowhere\n  - connector: files\n    path: exports\n',
    );
    expect(missing.code).toBe(3);
    expectClear(missing);
    expect(missing.stderr).toMatch(/nowhere.*does not exist/);
    expect(await bench.workflows()).toContain(goodWorkflow);
  });
  test('a policy', async () => {
    const bench = fresh();
    const scan = async (policy: string): Promise<Ran> => {
      bench.put('p.yaml', policy);
      return bench.run(...scanQuietly, '--policy', 'p.yaml');
    };
    const typo = await scan('id: p\ntitle: P\nextends: baseline\nslaa:\n  high: 3\n');
    expectRefusal(typo, 'p.yaml', 'slaa');
    expect(typo.stderr).toMatch(where('p.yaml', 4));
    const check = await scan('id: p\ntitle: P\nextends: baseline\nchecks:\n  NOP-99:\n    enabled: false\n');
    expectRefusal(check, 'NOP-99');
    expectRefusal(await bench.run(...scanQuietly, '--policy', 'strct'), 'strct', 'strict');
    expectRefusal(await bench.run(...scanQuietly, '--policy', './none.yaml'), 'none.yaml', 'no such file');
    expectRefusal(await scan('id: p\ntitle: P\nextends: p.yaml\n'), 'p.yaml', 'extends itself');
  });
  test('people and attestations', async () => {
    const bench = fresh();
    bench.put(
      'exports/people.csv',
      'id,name,emails,status\n1,Ada,ada@acme.example,active\n2,Bob,nonsense,active\n3,"Cy\n',
    );
    bench.put(
      'exports/attested.yaml',
      'items:\n  - platform: docusign\n    type: integration-key\n    name: A\n  - platform: docusign\n    type: nonsense\n    name: B\n',
    );
    const ran = await bench.run(...scanQuietly);
    expect(ran.code).toBe(3);
    expectClear(ran);
    expect(ran.stderr).toMatch(/people\.csv.*not valid CSV/);
    expect(await bench.workflows()).toContain(goodWorkflow);
    const { spots } = await bench.gaps();
    expect(spots.map(({ detail }) => detail).join('\n')).toMatch(/Row 2.*type/);
  });
  test('a command line', async () => {
    const bench = fresh();
    expectRefusal(await bench.run('scna', 'exports'), 'scan');
    expectRefusal(await bench.run('scan', 'exports', '--qiet'), '--quiet');
    expectRefusal(await bench.run('scan', 'exports', '--fail-on', 'catastrophic'), 'catastrophic', 'critical');
    expectRefusal(await bench.run('scan'), 'nothing to scan');
    expectRefusal(await bench.run('check', 'exports', '--format', 'pdf'), 'pdf');
    expectRefusal(await bench.run('explain', 'NOP-99'), 'NOP-99');
    await bench.run(...scanQuietly);
    for (const wrong of [
      ['report', '--format', 'pdf'],
      ['report', '--format', 'csv', '--what', 'cats'],
      ['report', '--out', 'no/where/r.html'],
      ['report', '--out', 'exports'],
      ['show', 'nonsense'],
      ['findings', '--severity', 'bad'],
      ['findings', '--limit', '-1'],
      ['findings', '--limit', 'many'],
      ['findings', '--state', 'unsure'],
      ['inventory', '--kind', 'cat'],
      ['owners', '--if-leaves', 'nobody@acme.example'],
      ['decide', 'nonsense', 'accept', '--by', 'a@acme.example', '--reason', 'x', '--until', '2027-01-01'],
      ['decide', 'nonsense', 'explode', '--by', 'a@acme.example'],
      ['findings', '--config', 'none.yaml'],
    ])
      expectRefusal(await bench.run(...wrong));
  });
});

describe('what comes in between', () => {
  test('Ctrl-C leaves a state that the next scan completes', async () => {
    const bench = fresh();
    const many = 2_000;
    for (let at = 0; at < many; at++) bench.put(`exports/${at}.json`, named(`Flow ${at}`, `w${at}`));
    const running = start(['scan', 'exports', '--fail-on', 'never'], { cwd: bench.folder });
    await running.says('reading the sources');
    setTimeout(() => running.kill('SIGINT'), 400);
    const stopped = await running.done;
    expect(stopped.signal).toBeNull();
    expectClear(stopped);
    expect(stopped.code, stopped.stderr).not.toBe(0);
    const part = (await bench.workflows()).length;
    expect(part).toBeLessThan(many);
    const whole = await bench.run(...scanQuietly);
    expect(whole.code, whole.stderr).toBe(0);
    expect(await bench.workflows()).toHaveLength(many + 1);
  });
  test('two scans at once: both end well or one says why not, and the database is whole', async () => {
    const bench = fresh();
    for (let at = 0; at < 600; at++) bench.put(`exports/${at}.json`, named(`Flow ${at}`, `w${at}`));
    const both = await Promise.all([1, 2].map(() => rollcall(scanQuietly, { cwd: bench.folder })));
    for (const ran of both) {
      expect([0, 2, 3], ran.stderr).toContain(ran.code);
      expectClear(ran);
      if (ran.code !== 0) expect(ran.stderr).toMatch(/another (?:process|scan)/);
    }
    expect(both.some(({ code }) => code === 0)).toBe(true);
    const db = new Database(join(bench.folder, 'rollcall.db'), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    const after = await bench.run(...scanQuietly, '--json');
    expect(after.code).toBe(0);
    // Nothing of theirs is new to a third; what one of them could not see because of the other is settled.
    expect(JSON.parse(after.stdout)).toMatchObject({ new: 0 });
    expect(await bench.workflows()).toHaveLength(601);
    expect((await bench.run('verify-log')).code).toBe(0);
  });
});
