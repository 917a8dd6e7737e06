import { mkdtempSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { connectors } from '../connectors/index.ts';
import { planned } from '../src/app/planned.ts';
import { loadConfig, type Config } from '../src/config/config.ts';
import { loadPolicy } from '../src/config/policy.ts';
import { channelSchema } from '../src/publish/notify/channel.ts';
import { configJsonSchema } from '../tools/gen/schemas.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const asIs = (text: string): string => text;

/** Everything that the program would find wrong with a configuration before it reads a source. */
async function wrongWith({ sources, notify }: Config): Promise<string[]> {
  const inSources = await Promise.all(
    sources.map((source) =>
      planned(source).then(
        () => [],
        (problem: unknown) => [String(problem)],
      ),
    ),
  );
  const inChannels = notify.flatMap(({ settings }) => channelSchema.safeParse(settings).error?.message ?? []);
  return [...inSources.flat(), ...inChannels];
}

async function wrongWithText(text: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-configuration-'));
  try {
    const file = join(folder, 'rollcall.yaml');
    writeFileSync(file, text);
    return await wrongWith(loadConfig(file, asIs));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('config/example.yaml', () => {
  const file = 'config/example.yaml';
  const config = loadConfig(join(root, file), asIs);

  test('is a configuration, with every setting of every source and channel', async () => {
    expect(await wrongWith(config)).toEqual([]);
    expect(loadPolicy(config.policy ?? '').id).toBe('baseline');
  });

  test('is one to an editor too', () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(configJsonSchema(root));
    validate(parse(read(file)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('has every section, every connector, every kind of channel and every place for a secret', () => {
    const sections = Object.keys(parse(read(file)) as object);
    const { $schema: _, ...known } = configJsonSchema(root).properties ?? {};
    expect(Object.keys(known).filter((key) => !sections.includes(key))).toEqual([]);
    for (const id of Object.keys(connectors)) expect(read(file)).toContain(`- connector: ${id}\n`);
    expect(config.notify.map(({ settings }) => settings['type'])).toEqual(['slack', 'webhook', 'email']);
    for (const scheme of ['env:', 'file:', 'aws-sm:', 'vault:'])
      expect(read(file)).toMatch(new RegExp(`: ${scheme}\\S`));
  });
});

describe('configurations that are shown', () => {
  const shown = globSync(['*.md', 'docs/**/*.md', 'connectors/*/readme.md'], { cwd: root }).flatMap((file) =>
    [...read(file).matchAll(/^( *)```yaml\n([^]*?)^\1```$/gm)]
      .map(([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''))
      .filter((block) => /^(?:sources|notify|retention|schedule):/m.test(block))
      .map((block, index) => [`${file} #${index + 1}`, block] as const),
  );

  test('are found', () => {
    expect(shown.length).toBeGreaterThan(10);
  });

  test.each(shown)('%s', async (_, block) => {
    expect(await wrongWithText(block)).toEqual([]);
  });

  test('a wrong one is noticed', async () => {
    expect(await wrongWithText('sources: [{ connector: n8n, url: https://n8n.example }]')).toEqual([
      expect.stringContaining('sources.0.apiKey: is needed'),
    ]);
    expect(await wrongWithText('notify: [{ id: x, type: slack, url: https://hooks.slack.example }]')).toHaveLength(1);
  });
});
