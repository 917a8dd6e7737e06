import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { seeded } from '../../scanners/secrets/samples.ts';
import { expectClear, expectRefusal, goodWorkflow, named, scanQuietly, workshop } from '../helpers/bad-input.ts';
import { rollcall, start, type Ran } from '../helpers/rollcall.ts';

const { fresh, clear } = workshop();
afterAll(clear);

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
  const small = mkdtempSync(join(tmpdir(), 'rollcall-small-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', small]).status === 0;
  if (!mounted) process.stderr.write('skipped: a small disk, for none can be mounted here\n');
  afterAll(() => {
    if (mounted) execFileSync('umount', [small]);
    rmdirSync(small);
  });
  test.skipIf(!mounted)('on a small disk: nothing is lost, and an old report stays', async () => {
    const bench = fresh();
    for (let at = 0; at < 150; at++) bench.put(`exports/${at}.json`, named(`Flow ${at}`, `w${at}`));
    const db = join(small, 'x.db');
    expectRefusal(await bench.run(...scanQuietly, '--db', db), 'x.db', 'disk is full');
    rmSync(`${db}.key`);
    for (const end of ['', '-wal', '-shm']) rmSync(db + end, { force: true });
    writeFileSync(join(small, 'report.html'), 'the old one');
    await bench.run(...scanQuietly);
    expectRefusal(await bench.run('report', '--out', join(small, 'report.html')), 'report.html', 'disk is full');
    expect(readFileSync(join(small, 'report.html'), 'utf8')).toBe('the old one');
    expect(readdirSync(small)).toEqual(['report.html']);
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
        `sources:\n  - connector: files\n    path: "https://hooks.acme.example/x?password=${seeded(7).alnum(14)}"\n`,
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
  test('a clock that is none', async () => {
    const bench = fresh();
    bench.put('exports/note.txt', 'a note');
    const wrong = await rollcall(['scan', 'exports'], { cwd: bench.folder, env: { ROLLCALL_NOW: 'next Tuesday' } });
    expectRefusal(wrong, 'ROLLCALL_NOW', '2026-11-21T08:00:00Z');
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
