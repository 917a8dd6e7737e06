import { describe, expect, test } from 'vitest';
import { movesBetween, traceOf, type Trace } from './moved.ts';
import type { Workflow } from './record.ts';

/** What an export of n8n says; without an id of its own the file's path is all that there is. */
function flow(path: string, more: { own?: string; name?: string; step?: string; uses?: string } = {}): Workflow {
  const { own = '', name = 'Orders', step, uses } = more;
  const steps = step === undefined ? [] : [{ id: 's', label: step, connector: 'http', pointer: `${path}/0` }];
  return {
    kind: 'workflow',
    id: `${path}${own}`,
    name,
    platform: 'n8n',
    format: 'n8n-workflow',
    state: 'active',
    at: { path },
    graph: { steps, edges: [], triggers: [] },
    links: [
      { rel: 'contained-in', kind: 'container', id: path.split('/')[0] ?? '' },
      ...(uses === undefined ? [] : [{ rel: 'uses', kind: 'connection', id: uses } as const]),
    ],
  };
}

/** It uses what two others use, one each. */
const both: Workflow = {
  ...flow('b/y'),
  links: ['c/1', 'c/2'].map((id) => ({ rel: 'uses', kind: 'connection', id })),
};

function moves(went: readonly Workflow[], came: readonly Workflow[]): [string, string][] {
  const traces = (workflows: readonly Workflow[], at: number): Trace[] =>
    workflows.map((one) => traceOf(one, at)).filter((trace) => trace !== undefined);
  return [...movesBetween(traces(went, 1), traces(came, 2))];
}

describe('a file is told again', () => {
  test.each<[string, Workflow, Workflow]>([
    [
      'by the id that its platform gave, whatever else changed',
      flow('a/x', { own: '#7' }),
      flow('b/y', { own: '#7', name: 'B', step: 'new' }),
    ],
    ['by what it does', flow('a/x', { step: 'ask' }), flow('b/y', { step: 'ask' })],
    [
      'by what it does, when it is called after its file',
      flow('a/x.json', { step: 'ask', name: 'x' }),
      flow('b/y.json', { step: 'ask', name: 'y' }),
    ],
    [
      'by its name and a connection that it uses',
      flow('a/x', { step: 'ask', uses: 'c/1' }),
      flow('b/y', { step: 'tell', uses: 'c/1' }),
    ],
  ])('%s', (_how, old, young) => {
    expect(moves([old], [young])).toEqual([[old.at?.path, young.at?.path]]);
  });

  test('by what it does, when it is called after its folder', () => {
    const script = (folder: string) => flow(`${folder}/appsscript.json`, { step: 'ask', name: folder });
    expect(moves([script('orders')], [script('orders 2')])).toEqual([
      ['orders/appsscript.json', 'orders 2/appsscript.json'],
    ]);
  });

  test('though another one does what one that was told by its id does', () => {
    const old = [flow('a/x', { own: '#1', step: 'ask' }), flow('a/z', { step: 'ask' })];
    const young = [flow('b/y', { own: '#1', step: 'ask' }), flow('b/z', { step: 'ask' })];
    expect(moves(old, young)).toEqual([
      ['a/x', 'b/y'],
      ['a/z', 'b/z'],
    ]);
    expect(moves(old, young.slice(0, 1))).toEqual([['a/x', 'b/y']]);
  });

  test('with all that it holds, when its tabs have ids', () => {
    const tabs = (path: string) => [flow(path, { own: '#1' }), flow(path, { own: '#2' })];
    expect(moves(tabs('a/x'), tabs('b/y'))).toEqual([['a/x', 'b/y']]);
  });

  test('by the strongest sign: an id outweighs what another file does the same', () => {
    const old = [flow('a/x', { own: '#1', step: 'ask' })];
    const young = [flow('b/copy', { step: 'ask' }), flow('b/y', { own: '#1', step: 'tell' })];
    expect(moves(old, young)).toEqual([['a/x', 'b/y']]);
  });
});

describe('nobody can tell', () => {
  test.each<[string, Workflow[], Workflow[]]>([
    ['another id', [flow('a/x', { own: '#1' })], [flow('a/y', { own: '#2' })]],
    ['the name alone', [flow('a/x', { step: 'ask' })], [flow('a/y', { step: 'tell' })]],
    ['the connection alone', [flow('a/x', { uses: 'c/1' })], [flow('a/y', { uses: 'c/1', name: 'Refunds' })]],
    ['nothing that it does', [flow('a/x')], [flow('b/y')]],
    ['two copies that came', [flow('a/x', { own: '#1' })], [flow('b/x', { own: '#1' }), flow('c/x', { own: '#1' })]],
    ['two copies that went', [flow('a/x', { own: '#1' }), flow('b/x', { own: '#1' })], [flow('c/x', { own: '#1' })]],
    [
      'two connections that lead to two files',
      [flow('a/x', { uses: 'c/1' }), flow('a/z', { uses: 'c/1' })],
      [flow('b/y', { uses: 'c/1' })],
    ],
    ['two files that became one', [flow('a/x', { uses: 'c/1' }), flow('a/z', { uses: 'c/2' })], [both]],
    ['one that became two', [both], [flow('a/x', { uses: 'c/1' }), flow('a/z', { uses: 'c/2' })]],
    [
      'what it does under another name',
      [flow('a/x', { step: 'ask' })],
      [flow('b/x', { step: 'ask', name: 'Refunds' })],
    ],
    ['another format', [flow('a/x', { own: '#1' })], [{ ...flow('b/x', { own: '#1' }), format: 'make-blueprint' }]],
  ])('from %s', (_what, went, came) => {
    expect(moves(went, came)).toEqual([]);
  });

  test('of what was there before the other went', () => {
    const [old, copy] = [traceOf(flow('a/x', { own: '#1' }), 5), traceOf(flow('b/x', { own: '#1' }), 5)];
    if (old === undefined || copy === undefined) throw new Error('both lie in files');
    expect(movesBetween([old], [copy]).size).toBe(0);
    expect(movesBetween([old], [{ ...copy, at: 6 }]).size).toBe(1);
  });

  test('of what no file holds', () => {
    const { at: _at, ...live } = flow('a/x', { own: '#1' });
    expect(traceOf(live, 1)).toBeUndefined();
    expect(traceOf({ ...flow('a/x'), id: 'recipe/7' }, 1)).toBeUndefined();
  });
});
