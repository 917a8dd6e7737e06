import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scannedAcme } from '../helpers/acme.ts';
import { rollcall } from '../helpers/run-cli.ts';

const acme = scannedAcme();

test.each([
  ['register.html', /^<!doctype html>/i],
  ['register.HTM', /^<!doctype html>/i],
  ['register.csv', /^\uFEFF"id",/],
  ['register.json', /^\{/],
  ['register.sarif', /"version": "2\.1\.0"/],
  ['register.md', /^# /],
])('the ending of %s says what is written', async (file, beginning) => {
  const { code, err } = await rollcall(acme.folder(), ['report', '--out', file]);
  expect([code, err]).toEqual([0, `wrote ${file}\n`]);
  expect(readFileSync(join(acme.folder(), file), 'utf8').slice(0, 200)).toMatch(beginning);
});

test.each([
  [['--out', 'register.pdf'], /register\.pdf: no format ends so; say which: --format html, csv, json/],
  [['--out', 'register'], /register: no format ends so/],
  [['--out', ''], /--out is empty/],
  [['--format', 'json', '--what', 'owners'], /--what goes with --format csv alone/],
  [['--out', 'owners.html', '--what', 'owners'], /--what goes with --format csv alone/],
])('%j is refused, and nothing is written', async (argv, message) => {
  const { code, out, err } = await rollcall(acme.folder(), ['report', ...argv]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
  for (const file of ['register.pdf', 'register', 'owners.html'])
    expect(existsSync(join(acme.folder(), file))).toBe(false);
});

test('a table alone is a CSV', async () => {
  const { code, out } = await rollcall(acme.folder(), ['report', '--what', 'owners']);
  expect([code, out]).toEqual([0, expect.stringContaining('Priya Nair') as string]);
  expect(out).not.toContain('# ');
});

test('SARIF of a configured source names its files from the root of the repository that holds the configuration', async () => {
  const { out } = await rollcall(acme.folder(), ['report', '--format', 'sarif', '--config', 'acme/rollcall.yaml']);
  const uris = [...out.matchAll(/"uri":"([^"]+)"/g)].map(([, uri]) => uri);
  expect(uris).toContain('exports/finance/n8n/invoice-approval.json');
});
