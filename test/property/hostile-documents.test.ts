import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { detector } from '../../src/collect/detect.ts';
import { readDocument } from '../../src/formats/document.ts';
import { formats, recogniseAndParse } from '../../src/formats/index.ts';
import type { Item, Json } from '../../src/sdk/index.ts';
import { character } from '../helpers/character.ts';
import { collectPorts } from '../helpers/collecting.ts';
import { zipOf } from '../helpers/zip.ts';

const engine = createEngine();
const ports = collectPorts({ engine });
const before = Reflect.ownKeys(Object.prototype).length;

/** The whole way of a file's bytes, up to what would be stored. */
async function readWhole(path: string, bytes: Uint8Array): Promise<void> {
  const { document, blind } = await readDocument(path, bytes);
  const recognised = document === undefined ? undefined : recogniseAndParse(document);
  const rest: Item[] = (recognised?.rest ?? []).map((content) => ({
    record: { kind: 'container', id: content.path ?? path, name: 'file', type: 'file' },
    contents: [content],
  }));
  const stored = detector(ports)([...(recognised?.items ?? []), ...rest]);
  for (const text of [
    ...blind.map(({ detail }) => detail),
    ...(recognised?.problems ?? []).map(({ detail }) => detail),
  ]) {
    // A format that trips over a document says so itself: that is what this test is to find.
    expect(text).not.toContain('defect of this program');
  }
  for (const { record } of stored) expect(record.id.length).toBeGreaterThan(0);
  expect(() => JSON.stringify(stored)).not.toThrow();
  expect(Reflect.ownKeys(Object.prototype)).toHaveLength(before);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
}

type Example = (typeof formats)[number]['example'];

function bytesOf(example: Example): Buffer {
  if ('text' in example) return Buffer.from(example.text);
  return zipOf(Object.entries(example.members).map(([name, content]) => ({ name, content })));
}

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const change = fc.oneof(
  fc.record({ does: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
  fc.record({ does: fc.constant('delete' as const), at: place, length: fc.nat(200) }),
  fc.record({ does: fc.constant('repeat' as const), at: place, length: fc.nat(200) }),
  fc.record({ does: fc.constant('insert' as const), at: place, bytes: fc.uint8Array({ maxLength: 20 }) }),
  fc.record({ does: fc.constant('cut' as const), at: place }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(bytes: Buffer, { at, ...rest }: Change): Buffer {
  const here = Math.floor(at * bytes.length);
  const [head, tail] = [bytes.subarray(0, here), bytes.subarray(here)];
  switch (rest.does) {
    case 'flip': {
      const copy = Buffer.from(bytes);
      copy[here] = (copy[here] ?? 0) ^ (1 << rest.bit);
      return copy;
    }
    case 'delete':
      return Buffer.concat([head, tail.subarray(rest.length)]);
    case 'repeat':
      return Buffer.concat([head, tail.subarray(0, rest.length), tail]);
    case 'insert':
      return Buffer.concat([head, rest.bytes, tail]);
    case 'cut':
      return head;
  }
}

/** What a field may turn out to be instead of what its platform says. */
const strange: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    ' ',
    [],
    {},
    [[]],
    [null],
    { '': '' },
    '\u0000',
    '\ud800',
    '{{',
    '={{',
    '[@',
    '//',
    '~1~0',
  ),
  fc.constantFrom<Json>('__proto__', 'constructor', 'toString', 'length', 'hasOwnProperty'),
  fc.string({ unit: character, maxLength: 30 }),
  fc.integer().map((length): Json => 'x'.repeat(Math.abs(length) % 5_000)),
  fc
    .constant(null)
    .map(
      (): Json =>
        JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}') as Json,
    ),
);

/** Replaces, renames or moves one part of a document, chosen by its number in the order of reading. */
function swapped(tree: Json, number: number, to: Json, way: 'value' | 'key' | 'wrap'): Json {
  let left = number;
  const visit = (value: Json): Json => {
    if (left-- === 0) return way === 'wrap' ? [value, value] : way === 'value' ? to : value;
    if (Array.isArray(value)) return value.map((inner: Json) => visit(inner));
    if (typeof value !== 'object' || value === null) return value;
    const copy = Object.create(null) as { [key: string]: Json };
    for (const [key, inner] of Object.entries(value as { [key: string]: Json })) {
      const renamed = way === 'key' && left === 0 ? String(typeof to === 'object' ? '__proto__' : to) : key;
      Object.defineProperty(copy, renamed, {
        value: visit(inner),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return copy;
  };
  return visit(tree);
}

function sizeOf(tree: Json): number {
  if (typeof tree !== 'object' || tree === null) return 1;
  return 1 + Object.values(tree).reduce<number>((sum, inner) => sum + sizeOf(inner), 0);
}

describe.each(formats.map(({ id, example }) => ({ id, example })))('$id', ({ example }) => {
  test('survives damage to its bytes', async () => {
    const whole = bytesOf(example);
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        await readWhole(example.path, changes.reduce(changed, whole));
      }),
      { numRuns: 60 },
    );
  });

  test('survives fields that are something else', async () => {
    const files = 'text' in example ? { '': example.text } : example.members;
    const trees = await Promise.all(
      Object.entries(files).map(async ([name, text]) => {
        const { document } = await readDocument(name === '' ? example.path : name, Buffer.from(text));
        return { name, tree: document?.tree };
      }),
    );
    const swappable = trees.filter((each): each is { name: string; tree: Json } => each.tree !== undefined);
    if (swappable.length === 0) return;
    const swap = fc.record({
      file: fc.nat(),
      part: fc.nat(),
      to: strange,
      way: fc.constantFrom('value', 'value', 'key', 'wrap'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(swap, { minLength: 1, maxLength: 4 }), async (swaps) => {
        const changes = new Map(swappable.map(({ name, tree }) => [name, tree]));
        for (const { file, part, to, way } of swaps) {
          const { name } = swappable[file % swappable.length] as { name: string };
          const tree = changes.get(name) ?? null;
          changes.set(name, swapped(tree, part % sizeOf(tree), to, way));
        }
        const members = Object.entries(files).map(([name, text]) => {
          const tree = changes.get(name);
          return { name, content: tree === undefined ? text : JSON.stringify(tree) };
        });
        const [only] = members;
        await readWhole(example.path, 'text' in example ? Buffer.from(only?.content ?? '') : zipOf(members));
      }),
      { numRuns: 120 },
    );
  });
});

test('any bytes under any name are read without harm', async () => {
  const name = fc.constantFrom(
    'a.json',
    'a.yaml',
    'a.zip',
    'a.js',
    'a.xml',
    'a',
    '.mcp.json',
    'settings.js',
    '.github/workflows/a.yml',
  );
  const start = fc.constantFrom(
    '',
    '{',
    '[',
    '{"nodes":[',
    'PK\x03\x04',
    'PK\x05\x06',
    '\uFEFF',
    '\xff\xfe',
    '---\n',
    '<?xml',
    'module.exports = {',
  );
  await fc.assert(
    fc.asyncProperty(name, start, fc.uint8Array({ maxLength: 300 }), (path, head, bytes) =>
      readWhole(path, Buffer.concat([Buffer.from(head, 'latin1'), bytes])),
    ),
    { numRuns: 300 },
  );
});
