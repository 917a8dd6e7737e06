import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defineFormat } from '../sdk/index.ts';
import { exampleDocument, readDocument, readText } from './document.ts';
import { formats, recogniseAndParse } from './index.ts';

const folder = import.meta.dirname;

describe('the registry of formats', () => {
  test('has every folder, and every folder is in it', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const sources = readFileSync(join(folder, 'index.ts'), 'utf8');
    const imported = new Set(
      [...sources.matchAll(/from '\.\/([a-z0-9-]+)\/[a-z0-9-]+\.ts'/g)].map((match) => match[1]),
    );
    expect([...imported].toSorted()).toEqual(folders.map((entry) => entry.name).toSorted());
    expect(new Set(formats.map((format) => format.id)).size).toBe(formats.length);
  });

  test.each(formats.map((format) => [format.id, format] as const))(
    '%s reads its own example, first of all',
    (id, format) => {
      const result = recogniseAndParse(exampleDocument(format.example));
      expect(result.formats).toEqual([id]);
      expect(result.items.length).toBeGreaterThan(0);
      expect(result.problems).toEqual([]);
    },
  );
});

describe('recogniseAndParse', () => {
  const picky = defineFormat({
    id: 'picky',
    title: 'Picky',
    platform: 'picky',
    recognise: ({ path }) => path.includes('picky'),
    parse: () => {
      throw new Error('canary');
    },
    example: { path: 'picky', text: '' },
  });

  test('text that nobody recognises is there to be scanned', () => {
    const { document } = readText('notes.txt', 'hello');
    expect(recogniseAndParse(document)).toEqual({
      formats: [],
      items: [],
      problems: [],
      rest: [{ place: 'repository', path: 'notes.txt', text: 'hello' }],
    });
  });

  test('a reader that trips costs neither the scan nor the truth, and quotes nothing', () => {
    const { document } = readText('picky.txt', 'hello');
    const result = recogniseAndParse(document, [picky]);
    expect(result.rest).toMatchObject([{ text: 'hello' }]);
    expect(result.problems[0]?.detail).toContain('picky.txt could not be read as Picky');
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test('members of an archive that a reader does not cover are scanned too', () => {
    const archive = exampleDocument({ path: 'p.zip', members: { 'picky.json': '{"a":1}', 'readme.txt': 'x' } });
    const half = { ...picky, recognise: () => true, parse: () => ({ items: [], problems: [] }) };
    expect(recogniseAndParse(archive, [half]).rest.map((content) => content.path)).toEqual([
      'p.zip!/picky.json',
      'p.zip!/readme.txt',
    ]);
    expect(recogniseAndParse(archive, []).rest.map((content) => content.path)).toEqual([
      'p.zip!/picky.json',
      'p.zip!/readme.txt',
    ]);
  });
});

const samples = join(folder, '../../../shared/samples');
const kinds: { readonly [folder: string]: string } = {
  'apps-script': 'apps-script',
  'github-actions': 'github-actions',
};
/** In a repository's .github folder, but no workflow. */
const others = new Set(['LICENSE.source', '.github_auto_assign.yml', '.github_dependabot.yml']);
const here = existsSync(samples);
if (!here) process.stdout.write('real samples are not beside the checkout: their tests are skipped\n');

describe.skipIf(!here).each(Object.keys(kinds))('real samples of %s', (kind) => {
  test('are recognised and read without a problem', async () => {
    let seen = 0;
    for (const name of readdirSync(join(samples, kind))) {
      if (others.has(name)) continue;
      const { document, blind } = await readDocument(name, readFileSync(join(samples, kind, name)));
      expect(blind, name).toEqual([]);
      expect(document, name).toBeDefined();
      if (document === undefined) continue;
      const result = recogniseAndParse(document);
      expect({ name, formats: result.formats, problems: result.problems }).toEqual({
        name,
        formats: [kinds[kind]],
        problems: [],
      });
      expect(result.items.filter(({ record }) => record.kind === 'workflow')).toHaveLength(1);
      seen++;
    }
    expect(seen).toBeGreaterThan(30);
  });
});
