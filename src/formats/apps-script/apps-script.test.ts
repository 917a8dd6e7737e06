import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleDocument, readText } from '../document.ts';
import { expectSound, wounded } from '../../../test/helpers/wounded-tree.ts';
import { appsScript } from './apps-script.ts';

const read = (path: string, content: unknown) => {
  const { document } = readText(path, typeof content === 'string' ? content : JSON.stringify(content));
  return appsScript.recognise(document) ? appsScript.parse(document).items : [];
};
const manifest = { timeZone: 'Europe/London', exceptionLogging: 'STACKDRIVER', runtimeVersion: 'V8' };

describe('manifests', () => {
  test('an anonymous web app that runs as its author', () => {
    const [workflow, identity, endpoint] = appsScript.parse(exampleDocument(appsScript.example)).items;
    expect(workflow?.record).toMatchObject({
      kind: 'workflow',
      id: 'invoices/appsscript.json',
      name: 'invoices',
      permissions: [expect.stringContaining('drive'), expect.stringContaining('external_request')],
      logging: { runs: 'errors-only' },
      graph: { triggers: [{ step: 'webapp', kind: 'webhook', authentication: 'none' }] },
    });
    expect(identity?.record).toMatchObject({ kind: 'identity', type: 'workload', runsAs: 'author' });
    expect(endpoint?.record).toMatchObject({
      kind: 'endpoint',
      type: 'web-app',
      authentication: 'none',
      host: 'script.google.com',
    });
  });

  test.each([
    ['ANYONE', 'oauth'],
    ['DOMAIN', 'tenant'],
    ['MYSELF', 'tenant'],
    ['SOMETHING_NEW', 'unknown'],
  ])('access %s is authentication %s', (access, authentication) => {
    const items = read('appsscript.json', { ...manifest, webapp: { access, executeAs: 'USER_ACCESSING' } });
    expect(items.find(({ record }) => record.kind === 'endpoint')?.record).toMatchObject({ authentication });
    expect(items.find(({ record }) => record.kind === 'identity')?.record).toMatchObject({ runsAs: 'caller' });
  });

  test.each([
    ['ANYONE', 'oauth'],
    ['DOMAIN', 'tenant'],
    ['MYSELF', 'tenant'],
  ])('whoever runs its functions from outside signs in: %s, %s', (access, authentication) => {
    const [workflow] = read('appsscript.json', { ...manifest, executionApi: { access } });
    const graph = workflow?.record.kind === 'workflow' ? workflow.record.graph : undefined;
    expect(graph?.triggers).toEqual([{ step: 'executionApi', kind: 'call', authentication }]);
  });

  test('errors that are kept nowhere, and the folder that it is called after', () => {
    const [workflow] = read('invoices/src/appsscript.json', { ...manifest, exceptionLogging: 'NONE' });
    expect(workflow?.record).toMatchObject({ name: 'invoices', logging: { runs: 'off' } });
    expect(read('appsscript.json', { timeZone: 'UTC', runtimeVersion: 'V8' })[0]?.record).not.toHaveProperty('logging');
  });

  test('a library in development mode is not pinned, whatever version it names', () => {
    const libraries = [
      { userSymbol: 'A', libraryId: 'lib-a', version: '7' },
      { userSymbol: 'B', libraryId: 'lib-b', version: '7', developmentMode: true },
    ];
    const [workflow] = read('appsscript.json', { ...manifest, dependencies: { libraries } });
    const steps = workflow?.record.kind === 'workflow' ? workflow.record.graph.steps : [];
    expect(steps.map((step) => step.component?.pinned)).toEqual([true, false]);
  });

  test('scopes that a manifest leaves to the code are a gap, not an empty list', () => {
    const [workflow] = read('appsscript.json', manifest);
    expect(workflow?.record).toMatchObject({ gaps: { permissions: 'not-seen' } });
    expect(workflow?.record).not.toHaveProperty('permissions');
  });
});

describe('code', () => {
  test('a script file is a place to look for secrets, and a record only if there are any', () => {
    const [item] = read('src/Code.gs', 'function run() { return 1; }');
    expect(item).toMatchObject({
      onlyWithMatches: true,
      record: { kind: 'container', type: 'file', name: 'Code.gs' },
      contents: [{ place: 'definition', path: 'src/Code.gs' }],
    });
    expect(read('Code.js', 'UrlFetchApp.fetch(url)')).toHaveLength(1);
    expect(read('server.js', 'fetch(url)')).toEqual([]);
  });

  test('a whole project as the API answers it', () => {
    const files = [
      {
        name: 'appsscript',
        type: 'JSON',
        source: JSON.stringify({ ...manifest, webapp: { access: 'ANYONE_ANONYMOUS' } }),
      },
      { name: 'Code', type: 'SERVER_JS', source: 'function doPost() {}' },
    ];
    const items = read('project.json', { files });
    expect(items.map(({ record }) => record.kind)).toEqual(['workflow', 'identity', 'endpoint']);
    expect(items[0]?.contents?.[0]?.labels).toContainEqual({ pointer: '/files/1', step: 'Code' });
    expect(read('project.json', { files: [{ ...files[0], source: '{broken' }, files[1]] })).toHaveLength(2);
  });
});

test('other JSON is left alone', () => {
  for (const other of [{ timeZone: 'UTC' }, { name: 'x', version: '1' }, [], { files: ['a', 'b'] }, { webapp: {} }]) {
    expect(read('appsscript.json', other)).toEqual([]);
  }
});

test('whatever is wrong with a manifest, reading it does not throw', () => {
  const { tree = null, path } = exampleDocument(appsScript.example);
  assert(
    property(wounded(tree), (broken) => {
      const document = { path, text: '', syntax: 'json' as const, tree: broken };
      if (appsScript.recognise(document)) expectSound(appsScript.parse(document));
    }),
    { seed: 1 },
  );
});
