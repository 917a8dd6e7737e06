import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rollcall } from '../../test/helpers/run-cli.ts';
import { planned } from '../app/planned.ts';
import { loadConfig, type Config } from '../config/config.ts';
import { UsageError } from '../core/errors.ts';
import { platforms } from './platform-blocks.ts';

let folder: string;
const file = (): string => join(folder, 'rollcall.yaml');
const written = (): string => readFileSync(file(), 'utf8');
const parsed = (): Config => loadConfig(file(), (text) => text);
const replace = (from: string | RegExp, to: string): void => writeFileSync(file(), written().replace(from, to));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-init-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const known = await platforms();

test('without a terminal the folder itself is read', async () => {
  const { code, out } = await rollcall(folder, ['init']);
  expect([code, out]).toEqual([0, `wrote ${file()}\nNext: rollcall doctor, then: rollcall scan\n`]);
  expect(parsed()).toMatchObject({ policy: 'baseline', sources: [{ connector: 'files', settings: { path: folder } }] });
  expect((await rollcall(folder, ['init'])).err).toContain('--force replaces it');
});

describe('a platform', () => {
  test('is every connector that does not read a path', () => {
    const ids = known.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['aws', 'docusign', 'github', 'ldap', 'n8n', 'node-red']));
    expect(ids.filter((id) => ['files', 'people', 'attested'].includes(id))).toEqual([]);
  });

  test.each(known.map((connector) => [connector.id, connector] as const))(
    '%s is set up step by step, and what is wrong is only what is still missing',
    async (id, { docs }) => {
      await rollcall(folder, ['init', '--with', id]);
      const text = written().replaceAll(/\n +# +/g, ' ');
      for (const step of docs.setup) expect(text).toContain(step);
      const [source, ...others] = parsed().sources;
      expect([source?.id, others]).toEqual([`${id}:main`, []]);
      const wrong = await planned(source!).then(
        () => [],
        (problem: unknown) => (problem instanceof UsageError ? problem.message.split('\n') : ['a fault']),
      );
      expect(wrong.filter((line) => !/: (?:is needed|give either \w+.* or \w+)$/.test(line))).toEqual([]);
    },
  );

  test('has a place for every secret, and never a value', async () => {
    await rollcall(folder, ['init', '--with', 'github,n8n,github']);
    expect(parsed().sources.map(({ id }) => id)).toEqual(['github:main', 'n8n:main']);
    expect(written()).toMatch(/^ {4}apiKey: env:N8N_API_KEY$/m);
    expect(written()).toMatch(/^ {4}# app:\n {4}# {3}id: # needed\n {4}# {3}privateKey: env:GITHUB_APP_PRIVATE_KEY$/m);
    expect(written()).toMatch(/^ {4}# token: env:GITHUB_TOKEN$/m);
  });

  test('may be filled in as the marks say', async () => {
    await rollcall(folder, ['init', '--with', 'github']);
    replace('# organisation: # needed', 'organisation: acme');
    const [unsigned] = parsed().sources;
    await expect(planned(unsigned!)).rejects.toThrow('sources.0: give either app (recommended) or token');
    replace(/# app:\n {4}# {3}id: # needed\n {4}# {3}/, 'app:\n      id: 77\n      ');
    const [source] = parsed().sources;
    const { config } = await planned(source!);
    expect(config).toMatchObject({ organisation: 'acme', app: { id: '77', privateKey: { scheme: 'env' } } });
  });

  test('that is not there is refused with those that are', async () => {
    const { code, err } = await rollcall(folder, ['init', '--with', 'n8n,slak,files']);
    expect(code).toBe(2);
    expect(err).toMatch(/--with: no platform is called slak, files; there are: adobe-sign, aws, /);
    expect((await rollcall(folder, ['init', '--with', ','])).err).toContain('--with: which platforms? there are:');
  });
});

test('the doctor says what is missing, in plain words', async () => {
  await rollcall(folder, ['init', '--with', 'n8n,docusign']);
  const first = await rollcall(folder, ['doctor']);
  expect(first.code).toBe(2);
  expect(first.out).toMatch(/✗ n8n:main\n {4}\S+rollcall\.yaml:\d+:\d+ sources\.0\.url: is needed\n/);
  expect(first.out).toMatch(/integrationKey: is needed\n {4}\S+ sources\.1\.userId: is needed\n/);
  replace('# url: # needed', 'url: https://n8n.acme.example');
  replace('env:N8N_API_KEY', `file:${join(folder, 'none')}`);
  const second = await rollcall(folder, ['doctor', 'n8n']);
  expect(second.out).toBe(`✗ n8n:main\n    file:${join(folder, 'none')} cannot be read: no such file\n`);
});
