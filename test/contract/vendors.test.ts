import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { connectors } from '../../connectors/index.ts';
import { Misfit, type Connector, type Operation } from '../../src/sdk/index.ts';
import { mismatches, readOf } from '../../tools/specs/shape.ts';
import { operationsOf, slice, type Slice } from '../../tools/specs/slice.ts';
import { vendorSpecs, type VendorSpec } from '../../tools/specs/vendors.ts';
import { madeFrom } from '../helpers/made-answers.ts';

const root = join(import.meta.dirname, '..', '..');
const shared = join(root, '..', 'shared', 'specs');
const kept = join(root, 'test', 'specs');
if (!existsSync(shared))
  console.log('slices of vendors’ descriptions are not compared with the whole ones: ../shared is not here');

const all: [string, Connector, VendorSpec][] = [];
for (const [id, spec] of Object.entries(vendorSpecs)) {
  const load = connectors[id];
  if (load) all.push([id, await load(), spec]);
}

describe.each(all)('%s and its vendor', (id, connector, spec) => {
  const { operations } = JSON.parse(readFileSync(join(kept, `${id}.json`), 'utf8')) as Slice;
  const asked = operationsOf(connector).map((operation): [string, Operation] => [operation.route, operation]);

  test('every operation is in the vendor’s description, or on a page that is named', () => {
    const silent = asked.filter(
      ([route]) => operations[route]?.described === undefined && operations[route]?.elsewhere === undefined,
    );
    expect(
      silent.map(([route]) => route),
      'run: node tools/slice-specs.ts',
    ).toEqual([]);
  });

  test('every operation is a read', () => {
    expect(asked.map(([route]) => route).filter((route) => !/^(?:GET|HEAD|POST) /.test(route))).toEqual([]);
  });

  test.each(asked)('%s: every field is there, with a type that fits', (route, operation) => {
    const answer = operations[route]?.answer;
    if (!answer) return;
    const known = Object.keys(spec.fieldsElsewhere ?? {});
    const told = mismatches(operation.answer, answer).filter(
      (each) => !known.some((field) => `${route}: ${each}`.startsWith(field)),
    );
    expect(told).toEqual([]);
  });

  test.each(asked)('%s: what the vendor may answer is understood', (route, operation) => {
    const { answer, examples = [] } = operations[route] ?? {};
    const made =
      answer && !(spec.fieldsElsewhere && readOf(operation.answer).type === 'unknown')
        ? Array.from({ length: 50 }, (_, seed) => madeFrom(answer, seed))
        : [];
    for (const body of [...examples, ...made]) {
      const read = operation.answer.safeParse(body);
      expect(read.success ? [] : read.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`)).toEqual([]);
      expect(misfitsIn(read.data)).toEqual([]);
    }
  });

  test.each(asked)('%s: what may be anything may also be missing', (_, operation) => {
    expect(wantedWhateverItIs(operation.answer)).toEqual([]);
  });

  test.runIf(existsSync(shared))('the slice is what the whole description says', () => {
    expect(JSON.parse(JSON.stringify(slice(connector, spec, shared)))).toEqual(
      JSON.parse(readFileSync(join(kept, `${id}.json`), 'utf8')),
    );
  });
});

/** Fields that have to be there and may be anything: few descriptions say what is left out when it is empty. */
function wantedWhateverItIs(schema: z.ZodType, path = 'answer'): string[] {
  const { type, optional, fields = {}, element, value, options = [] } = readOf(schema);
  if (type === 'unknown' || type === 'any') return path.endsWith('[]') || optional ? [] : [path];
  // A schema of JSON has itself in it.
  if (path.split('[]').length > 8) return [];
  return [
    ...Object.entries(fields).flatMap(([name, field]) => wantedWhateverItIs(field, `${path}.${name}`)),
    ...[element, value].flatMap((inner) => (inner ? wantedWhateverItIs(inner, `${path}[]`) : [])),
    ...options.flatMap((option) => wantedWhateverItIs(option, path)),
  ];
}

function misfitsIn(value: unknown): string[] {
  if (value instanceof Misfit) return [value.field];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(misfitsIn);
}
