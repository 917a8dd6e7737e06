import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { assert, nat, property, uniqueArray } from 'fast-check';
import { expect } from 'vitest';
import { exampleDocument, readDocument } from '../../src/formats/document.ts';
import type { Document, Format, Json, Kind, Parsed, RecordOf } from '../../src/sdk/index.ts';

/** The one record of a kind; fails when there are none or several. */
export function only<K extends Kind>(parsed: Parsed, kind: K): RecordOf<K> {
  const found = all(parsed, kind);
  expect(found).toHaveLength(1);
  return found[0] as RecordOf<K>;
}

/** Records of a kind, in the order of the file. */
export function all<K extends Kind>(parsed: Parsed, kind: K): RecordOf<K>[] {
  return parsed.items.map(({ record }) => record).filter((record): record is RecordOf<K> => record.kind === kind);
}

/** What a format reads out of its own example. */
export function parseExample(format: Format): Parsed {
  return format.parse(exampleDocument(format.example));
}

/** Takes random parts out of a format's example, members of an archive too: what is left is read into sound records. */
export function survivesDamage(format: Format): void {
  const example = exampleDocument(format.example);
  assert(
    property(uniqueArray(nat(120), { maxLength: 25 }), (positions) => {
      const document = thinned(example, new Set(positions));
      format.recognise(document);
      expectSound(format.parse(document));
    }),
    { numRuns: 150 },
  );
}

/** The document without some of its members, by position in a walk over the whole tree. */
function thinned(document: Document, positions: ReadonlySet<number>): Document {
  let position = 0;
  const walk = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value as { readonly [key: string]: Json }).filter(() => !positions.has(position++));
    return Array.isArray(value)
      ? kept.map(([, item]) => walk(item))
      : Object.fromEntries(kept.map(([key, item]) => [key, walk(item)]));
  };
  const members = [...(document.members ?? [])].filter(() => !positions.has(position++));
  return {
    ...document,
    ...(document.tree !== undefined && { tree: walk(document.tree) }),
    ...(document.members && { members: new Map(members.map(([path, one]) => [path, thinned(one, positions)])) }),
  };
}

/** Ids are unique, everything has a name, and edges and triggers meet steps. */
export function expectSound(parsed: Parsed): void {
  const ids = parsed.items.map(({ record }) => `${record.kind} ${record.id}`);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { record } of parsed.items) {
    expect(record.name).not.toBe('');
    if (record.kind !== 'workflow') continue;
    const { steps, edges, triggers } = record.graph;
    const known = new Set(steps.map((step) => step.id));
    expect(known.size).toBe(steps.length);
    const met = [...edges.flatMap(({ from, to }) => [from, to]), ...triggers.map((trigger) => trigger.step)];
    expect(met.filter((step) => !known.has(step))).toEqual([]);
  }
}

/** Real exports to read, when they lie beside the checkout; says so in one line when they do not. */
export async function samples(folder: string): Promise<Document[]> {
  const root = new URL(`../../../shared/samples/${folder}/`, import.meta.url);
  if (!existsSync(root)) {
    process.stdout.write(`skipped: no samples of ${folder} beside this checkout\n`);
    return [];
  }
  const names = readdirSync(root).filter((name) => /\.(?:json|zip)$/.test(name));
  const read = await Promise.all(
    names.map((name) => readDocument(name, readFileSync(new URL(encodeURIComponent(name), root)))),
  );
  return read.map(({ document }, index) => document ?? { path: names[index] ?? '', text: '', syntax: 'text' });
}
