import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleDocument } from '../src/formats/document.ts';
import { formats } from '../src/formats/index.ts';
import { layerTable } from '../tools/gen/architecture.ts';
import { breaches, cycleIn, importsOf, layers, type SourceFile } from '../tools/gen/layers.ts';
import { registries } from '../tools/gen/registries.ts';

const root = join(import.meta.dirname, '..');
const trees = ['src', 'connectors', 'scanners', 'db', 'examples'];
const LINES = 300;
/** Arithmetic that Node happens to keep in a module: it neither reads nor writes anything. */
const arithmetic = [
  { file: 'scanners/checks/shared/hosts.ts', text: "import { isIP } from 'node:net';" },
  { file: 'scanners/secrets/proof/checksum.ts', text: "import { crc32 } from 'node:zlib';" },
];

const files: SourceFile[] = trees.flatMap((tree) =>
  readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
    .map((path) => `${tree}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
);

describe('the layers', () => {
  test('an import only points down', () => {
    expect(breaches(files)).toEqual([]);
  });

  test('files import each other in no circle', () => {
    expect(cycleIn(files)).toBeUndefined();
  });

  test('every file was seen', () => {
    const counted = trees
      .flatMap((tree) => globSync(`${tree}/**/*.ts`, { cwd: root }))
      .filter((path) => !path.endsWith('.test.ts')).length;
    expect(counted).toBeGreaterThan(300);
    expect(files.length).toBeGreaterThanOrEqual(counted);
  });

  test('every import was seen', () => {
    for (const { path, text } of files) {
      const specifiers = text.match(/ from '[@.\w/:-]+';$| import\('[^']+'\)/gm) ?? [];
      expect(importsOf({ path, text }).length, path).toBeGreaterThanOrEqual(specifiers.length);
    }
  });

  test('every local import leads to a file', () => {
    const there = new Set(files.map(({ path }) => path));
    const astray = files.flatMap(importsOf).filter(({ to, local }) => local && !there.has(to));
    expect(astray).toEqual([]);
  });

  test('ARCHITECTURE.md shows the table that holds (npm run gen writes it)', () => {
    expect(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')).toContain(layerTable());
  });

  test('a layer only names layers that stand below it', () => {
    const order = layers.map(({ name }) => name);
    for (const [index, { mayImport }] of layers.entries()) {
      for (const name of mayImport) expect(order.indexOf(name)).toBeGreaterThan(index);
    }
  });
});

describe('the test bites', () => {
  const bad = (path: string, text: string): string[] => breaches([{ path, text }]);

  test.each([
    [
      'words that know the kit',
      'src/core/finding.ts',
      "import type { Check } from '../sdk/check.ts';",
      'src/core/finding.ts (words) imports src/sdk/check.ts (kit); words may import nothing of this project',
    ],
    [
      'a stage that calls another',
      'src/assess/assess.ts',
      "import { collect } from '../collect/collect.ts';",
      'src/assess/assess.ts imports src/collect/collect.ts: stages never import each other',
    ],
    [
      'a connector that borrows from its neighbour',
      'connectors/files/walk.ts',
      "import { columns } from '../people/recognise.ts';",
      'connectors/files/walk.ts imports connectors/people/recognise.ts: connectors never import each other',
    ],
    [
      'a check that looks at secrets itself',
      'scanners/checks/exposure/mine.ts',
      "export { createEngine } from '../../secrets/engine.ts';",
      'scanners/checks/exposure/mine.ts imports scanners/secrets/engine.ts: scanners never import each other',
    ],
    [
      'a check that reaches behind the kit',
      'scanners/checks/exposure/mine.ts',
      "import { DAY } from '../../../src/core/time.ts';",
      'scanners/checks/exposure/mine.ts (scanners) imports src/core/time.ts (words); scanners may import kit',
    ],
    [
      'a face that opens the database, late',
      'src/publish/json.ts',
      "const { openStore } = await import('../../db/open.ts');",
      'src/publish/json.ts (faces) imports db/open.ts (storage); faces may import kit, words',
    ],
    [
      'a package in the words',
      'src/core/time.ts',
      "import pLimit from 'p-limit';",
      'src/core/time.ts (words) imports the package p-limit; words may use zod alone',
    ],
    [
      'a folder nobody placed',
      'src/helpers/misc.ts',
      "import { z } from 'zod';",
      'src/helpers/misc.ts is in no layer: put it into one of the folders of the table in ARCHITECTURE.md',
    ],
  ])('on %s', (_what, path, text, message) => {
    expect(bad(path, text)).toEqual([message]);
  });

  test('on a circle', () => {
    const circle = [
      { path: 'src/sdk/a.ts', text: "import { b } from './b.ts';" },
      { path: 'src/sdk/b.ts', text: "export * from './a.ts';" },
    ];
    expect(cycleIn(circle)).toEqual(['src/sdk/a.ts', 'src/sdk/b.ts', 'src/sdk/a.ts']);
  });

  test('and lets a lawful import pass', () => {
    expect(bad('scanners/checks/exposure/mine.ts', "import { DAY } from '../../../src/sdk/index.ts';")).toEqual([]);
    expect(bad('connectors/files/walk.ts', "import { codeOf } from './read.ts';")).toEqual([]);
  });
});

describe('the house rules', () => {
  test('the registries equal the folders (npm run gen writes them)', () => {
    for (const { path, text } of registries(root)) {
      expect(readFileSync(join(root, path), 'utf8'), path).toBe(text);
    }
  });

  test('no format recognises the example of another', () => {
    for (const format of formats) {
      const document = exampleDocument(format.example);
      expect(formats.filter((other) => other.recognise(document)).map(({ id }) => id)).toEqual([format.id]);
    }
  });

  test('scanners know no clock, no chance, and nothing of the machine', () => {
    const impure =
      /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.|\bfetch\(|\bfrom 'node:|\bglobalThis\b/;
    const seen = files
      .filter(({ path }) => path.startsWith('scanners/'))
      .map(({ path, text }) => ({
        path,
        text: arithmetic.filter(({ file }) => file === path).reduce((left, { text }) => left.replace(text, ''), text),
      }))
      .filter(({ text }) => impure.test(text));
    expect(seen.map(({ path }) => path)).toEqual([]);
  });

  test('nothing is exported by default', () => {
    expect(files.filter(({ text }) => /^export default\b/m.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test(`a file is at most ${LINES} lines`, () => {
    const long = files
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > LINES);
    expect(long).toEqual([]);
  });
});
