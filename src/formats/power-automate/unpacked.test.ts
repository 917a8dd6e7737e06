import { assert, constantFrom, dictionary, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { expectSound } from '../../../test/helpers/read-formats.ts';
import { exportedSolution, unpackedSolution } from '../../../test/helpers/solution.ts';
import { exampleDocument } from '../document.ts';
import { recogniseAndParse } from '../index.ts';

function read(members: { readonly [path: string]: string }) {
  const parsed = recogniseAndParse(exampleDocument({ path: 'main.zip', members }));
  return { ...parsed, flows: parsed.items.flatMap(({ record }) => (record.kind === 'workflow' ? record : [])) };
}

function without(part: RegExp) {
  return Object.fromEntries(Object.entries(unpackedSolution).filter(([path]) => !part.test(path)));
}

test('without its own file, a flow is called by its file name and keeps its id', () => {
  const ids = read(unpackedSolution).flows.map(({ id }) => id);
  expect(read(without(/data\.xml$/)).flows.map(({ id }) => id)).toEqual(ids);
  expect(read(without(/data\.xml$/)).flows).toMatchObject([
    { name: 'Greet-starters', state: 'unknown', gaps: { state: 'not-seen' } },
    { name: 'Hideafolder', managed: true },
  ]);
});

test('the packager comes before what was merely unzipped, where a folder holds both', () => {
  const both = Object.fromEntries(
    Object.entries({ ...exportedSolution, ...unpackedSolution }).map(([path, text]) => [`src/${path}`, text]),
  );
  expect(read(both).flows.map(({ links }) => links?.[0]?.id)).toEqual(
    Array(2).fill('main.zip!/src/Other/Solution.xml'),
  );
});

test('a manifest is known by its content, not by its name alone', () => {
  expect(read({ 'src/Other/Solution.xml': '<Project/>' })).toMatchObject({ formats: [], items: [] });
});

test('whatever the files around them are, flows are read', () => {
  const around = constantFrom(...Object.keys(unpackedSolution).filter((path) => path.endsWith('.xml')));
  assert(
    property(dictionary(around, nat(400)), (cuts) => {
      const cut = Object.entries(cuts).map(([path, length]) => [path, unpackedSolution[path]?.slice(0, length) ?? '']);
      const parsed = read({ ...unpackedSolution, ...Object.fromEntries(cut) });
      expect(parsed.flows).toHaveLength(2);
      expect(parsed.problems).toEqual([]);
      // Copies of one connection come from every flow; the store keeps one.
      expectSound({ ...parsed, items: parsed.flows.map((record) => ({ record })) });
    }),
  );
});
