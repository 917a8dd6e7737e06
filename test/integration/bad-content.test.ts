import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { example } from '../../src/formats/n8n/example.ts';
import {
  expectClear,
  expectGap,
  expectRead,
  expectRefusal,
  goodWorkflow,
  named,
  scanQuietly,
  workshop,
} from '../helpers/bad-input.ts';
import { processorTime } from '../helpers/processor-time.ts';
import { zipOf } from '../helpers/zip.ts';

const { fresh, clear } = workshop();
afterAll(clear);

const good = example.text;

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
    const took = await processorTime(() => expectGap(bench, 'bomb.zip!/zeros.txt', 'unsafe-archive'));
    expect(took).toBeLessThan(10_000);
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
    // Backslashes divide folders too, and are told as slashes.
    for (const name of names) await expectGap(bench, `all.zip!/${name.replaceAll('\\', '/')}`, 'unsafe-archive');
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
      // Ours are line breaks and tabs; everything else that acts on a display must not be there.
      expect(/[^\n\r\t\P{Cc}]|[\u202a-\u202e\u2066-\u2069]/u.exec(text)?.input.slice(0, 80)).toBeUndefined();
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

test('two people of one name are told apart, and neither is taken for the other', async () => {
  const bench = fresh();
  bench.put(
    'people.csv',
    'id,name,email,status\n1,Ada Berg,ada@acme.example,active\n2,Ada Berg,a.berg@acme.example,active\n',
  );
  bench.put('exports/second.json', named('Second flow', 'w2'));
  bench.put(
    'rollcall.yaml',
    [
      'sources:',
      '  - { connector: people, id: staff, path: people.csv }',
      '  - { connector: files, id: flows, path: exports }',
      'owners:',
      `  - { match: '*${goodWorkflow}*', person: ada@acme.example }`,
      "  - { match: '*Second*', person: a.berg@acme.example }",
    ].join('\n'),
  );
  await bench.run('scan', '--fail-on', 'never');
  const { stdout } = await bench.run('owners');
  expect(stdout).toContain('Ada Berg <ada@acme.example>');
  expect(stdout).toContain('Ada Berg <a.berg@acme.example>');
  expectRefusal(await bench.run('owners', '--if-leaves', 'Ada Berg'), 'Ada Berg', 'more than one person', 'e-mail');
});
