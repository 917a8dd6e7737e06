import { expect, test } from 'vitest';
import type { Graph } from '../../../src/sdk/index.ts';
import { downstream } from './graph.ts';

const step = (id: string, disabled = false) => ({ id, label: id, connector: 'x', disabled });
const graph: Graph = {
  steps: [step('a'), step('b'), step('c'), step('off', true), step('d'), step('e')],
  edges: [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'c', to: 'a' },
    { from: 'b', to: 'off' },
    { from: 'off', to: 'd' },
    { from: 'c', to: 'gone' },
  ],
  triggers: [],
};
const after = (start: string): string[] =>
  downstream(graph, start)
    .map(({ id }) => id)
    .toSorted();

test('circles end, a step that is off stops the way, an edge to nowhere is ignored', () => {
  expect(after('a')).toEqual(['b', 'c']);
  expect(after('off')).toEqual(['d']);
  expect(after('e')).toEqual([]);
});
