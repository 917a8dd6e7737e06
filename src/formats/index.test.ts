import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { container, defineFormat } from '../sdk/index.ts';
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
    expect(imported).toEqual(new Set(folders.map((entry) => entry.name)));
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
      unread: [],
    });
  });

  test('a reader that trips costs neither the scan nor the truth, and quotes nothing', () => {
    const { document } = readText('picky.txt', 'hello');
    const result = recogniseAndParse(document, [picky]);
    expect(result.rest).toMatchObject([{ text: 'hello' }]);
    expect(result.problems[0]?.detail).toContain('picky.txt could not be read as Picky');
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test('comments are scanned too, whoever reads the document', () => {
    const yaml = 'a: |\n  # no comment\nb: 1 # canary\n';
    const half = {
      ...picky,
      recognise: () => true,
      parse: ({ path }: { path: string }) => ({
        problems: [],
        items: [container({ id: 'x', name: 'x', type: 'file', contents: [{ place: 'definition', path }] })],
      }),
    };
    const { document } = readText('a.yaml', yaml);
    const comments = { place: 'repository', path: 'a.yaml', text: '    \n              \n     # canary\n' };
    expect(recogniseAndParse(document, [half]).rest).toEqual([comments]);
    expect(recogniseAndParse(document, []).rest).toMatchObject([{ text: yaml }, comments]);
    const json = readText('a.json', '{ // canary\n "url": "http://x" }').document;
    expect(recogniseAndParse(json, [half]).rest).toEqual([
      { place: 'repository', path: 'a.json', text: expect.stringMatching(/^ {2}\/\/ canary\n {20}$/) },
    ]);
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
/** What every file in a folder of real exports has to be taken for. */
const expected: { readonly [folder: string]: readonly string[] } = {
  'apps-script': ['apps-script'],
  'github-actions': ['github-actions'],
  'logic-apps': ['logic-app'],
  make: ['make-blueprint'],
  n8n: ['n8n-workflow'],
  'node-red': ['node-red-flows'],
  'power-automate': ['power-automate-package', 'power-automate-solution'],
  workato: ['workato-recipe', 'workato-connection'],
};
/** Licences, settings of a repository that are no workflow, and a page of documentation that happens to be JSON. */
const others =
  /(?:^|_)(?:LICENSE\.source|LICENSE|SOURCE|auto_assign\.yml|dependabot\.yml|workflows\.json|README\.md)$/i;
const here = existsSync(samples);
if (!here) process.stdout.write('real samples are not beside the checkout: their tests are skipped\n');

describe.skipIf(!here).each(Object.entries(expected))('real samples of %s', (kind, ids) => {
  test('are recognised as what they are, among all formats', async () => {
    const names = readdirSync(join(samples, kind), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !others.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const { document, blind } = await readDocument(name, readFileSync(name));
      const result = document === undefined ? undefined : recogniseAndParse(document);
      expect({ name, blind, problems: result?.problems }).toEqual({ name, blind: [], problems: [] });
      expect(ids, name).toContain(result?.formats.join());
      expect(result?.items.length, name).toBeGreaterThan(0);
    }
  });
});
