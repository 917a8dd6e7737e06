import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectSound, wounded } from '../../../test/helpers/wounded-tree.ts';
import { only, records } from '../../../test/helpers/n8n.ts';
import type { Json, Parsed } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { nodeRedCredentials } from './credentials.ts';
import { nodeRedFlows } from './flows.ts';
import { nodeRedSettings } from './settings.ts';

const { tree: example } = exampleDocument(nodeRedFlows.example);

function read(tree: Json, path = 'node-red/flows.json'): Parsed {
  return nodeRedFlows.parse(readText(path, JSON.stringify(tree)).document);
}

describe('the example', () => {
  const parsed = read(example ?? null);
  const workflows = records(parsed, 'workflow');

  test('is recognised by its own format alone', () => {
    expect(nodeRedFlows.recognise(exampleDocument(nodeRedFlows.example))).toBe(true);
    expect(nodeRedCredentials.recognise(exampleDocument(nodeRedFlows.example))).toBe(false);
    expect(nodeRedFlows.recognise(exampleDocument(nodeRedCredentials.example))).toBe(false);
    expect(nodeRedFlows.recognise(exampleDocument(nodeRedSettings.example))).toBe(false);
  });

  test('is one workflow for each tab and subflow, in the project of the file', () => {
    expect(workflows.map(({ id, name, state }) => [id, name, state])).toEqual([
      ['node-red/flows.json#tab1', 'Visitor door', 'unknown'],
      ['node-red/flows.json#tab2', 'Old door', 'inactive'],
      ['node-red/flows.json#sub1', 'Log it', 'unknown'],
    ]);
    expect(workflows[0]?.links).toEqual([
      { rel: 'contained-in', kind: 'container', id: 'node-red/flows.json' },
      { rel: 'uses', kind: 'connection', id: 'node-red/flows.json#mq1' },
      { rel: 'uses', kind: 'workflow', id: 'node-red/flows.json#sub1' },
    ]);
    expect(workflows[2]?.versions).toEqual([{ id: '1.2.0' }]);
  });

  test('has steps, edges and triggers', () => {
    const graph = workflows[0]?.graph;
    expect(graph?.steps.map(({ id, label, connector, role }) => [id, label, connector, role])).toEqual([
      ['a', 'http in', 'http in', 'source'],
      ['b', 'Check visitor', 'function', 'transform'],
      ['c', 'Open door', 'http request', 'both'],
      ['d', 'Tell', 'mqtt out', 'sink'],
      ['e', 'subflow:sub1', 'subflow:sub1', undefined],
      ['f', 'http response', 'http response', 'sink'],
    ]);
    expect(graph?.steps[1]).toMatchObject({
      code: 'javascript',
      component: { name: 'dayjs', version: '1.11.0', pinned: true, origin: 'community' },
      pointer: '/4',
    });
    expect(graph?.steps[2]).toMatchObject({ operation: 'POST', destinations: ['door.acme.example'] });
    expect(graph?.steps[3]?.connection).toBe('node-red/flows.json#mq1');
    expect(graph?.edges.map(({ from, to }) => `${from}>${to}`)).toEqual(['a>b', 'b>c', 'b>d', 'b>e', 'c>f']);
    expect(graph?.triggers).toEqual([{ step: 'a', kind: 'webhook', authentication: 'unknown' }]);
    expect(workflows[1]?.graph.triggers).toEqual([{ step: 'h', kind: 'schedule', authentication: 'session' }]);
    expect(workflows[1]?.graph.steps[1]).toMatchObject({ code: 'shell', disabled: true });
  });

  test('has the owner of the description and the contact of the comment', () => {
    expect(workflows[0]?.attributions).toEqual([
      { rel: 'owned-by', who: { email: 'jo@acme.example', name: 'Jo Porter' }, basis: 'tag', evidence: 'info' },
      { rel: 'owned-by', who: { name: 'Sam Guard' }, basis: 'tag', evidence: 'comment' },
    ]);
  });

  test('has a connection and endpoints, hosts only', () => {
    expect(only(records(parsed, 'connection'))).toMatchObject({ connector: 'mqtt-broker', name: 'Site broker' });
    expect(
      records(parsed, 'endpoint').map(({ direction, type, authentication, host, scheme, verifyTls }) => [
        direction,
        type,
        authentication,
        scheme,
        host,
        verifyTls,
      ]),
    ).toEqual([
      ['inbound', 'webhook', 'unknown', undefined, undefined, undefined],
      ['outbound', 'http-call', 'basic', 'https', 'door.acme.example', false],
      ['outbound', 'broker', 'unknown', 'mqtt', 'mq.acme.example', undefined],
    ]);
  });

  test('every entry is scanned exactly once, at its own pointer', () => {
    const trees = parsed.items.flatMap((item) => item.contents ?? []).map((content) => content.tree);
    const scanned = trees.flatMap((tree) => Object.keys(tree as { [key: string]: Json }));
    expect(scanned.map(Number).toSorted((one, other) => one - other)).toEqual((example as Json[]).map((_, i) => i));
    const door = parsed.items.find((item) => item.record.id.endsWith('#tab1'))?.contents?.[0];
    expect(door?.labels).toContainEqual({ pointer: '/5', place: 'definition', step: 'Open door' });
  });
});

test('version 2 comes from a running instance', () => {
  const parsed = read({ flows: example ?? null, rev: 'abc' });
  expect(records(parsed, 'workflow').map(({ state }) => state)).toEqual(['active', 'inactive', 'active']);
  expect(records(parsed, 'workflow')[0]?.graph.steps[0]?.pointer).toBe('/flows/3');
  expect(parsed.items[0]?.contents?.[0]?.tree).toMatchObject({ rev: 'abc' });
});

test('nodes without their tab still are a workflow, and links lead from tab to tab', () => {
  const parsed = read([
    { id: 'a', type: 'inject', z: 't', repeat: '', wires: [['b']] },
    { id: 'b', type: 'link out', z: 't', links: ['c'], wires: [] },
    { id: 'u', type: 'tab', label: 'Other' },
    { id: 'c', type: 'link in', z: 'u', wires: [[]] },
    7,
  ]);
  const [other, loose] = records(parsed, 'workflow');
  expect([other?.name, loose?.name]).toEqual(['Other', 'flows']);
  expect(loose?.graph.triggers).toEqual([{ step: 'a', kind: 'manual', authentication: 'session' }]);
  expect(loose?.links).toContainEqual({ rel: 'uses', kind: 'workflow', id: other?.id });
  expect(parsed.problems).toEqual([{ pointer: '/4', detail: 'This entry of the list has no id or no type.' }]);
});

test('credentials beside a node and secret variables are labelled, and in no record', () => {
  const parsed = read([
    { id: 't', type: 'tab', label: 'T', env: [{ name: 'S', type: 'cred', value: 'canary-env' }] },
    { id: 'a', type: 'http request', z: 't', url: 'https://u:canary-url@h.example/canary-path', wires: [[]] },
    { id: 'm', type: 'mqtt-broker', broker: 'h', usetls: true, credentials: { user: 'u', password: 'canary-pw' } },
  ]);
  expect(JSON.stringify(parsed.items.map((item) => item.record))).not.toContain('canary');
  const labels = parsed.items.flatMap((item) => item.contents ?? []).flatMap((content) => content.labels ?? []);
  expect(labels.filter((label) => label.secret === true).map((label) => label.pointer)).toEqual([
    '/0/env/0/value',
    '/2/credentials/password',
  ]);
  expect(records(parsed, 'endpoint').map(({ scheme, authentication }) => [scheme, authentication])).toEqual([
    ['https', 'basic'],
    ['mqtts', 'basic'],
  ]);
});

const tls = (verifyservercert: boolean): Json => ({ id: 'tls', type: 'tls-config', verifyservercert });

describe('a broker', () => {
  test.each<[string, { [key: string]: Json }, boolean | undefined]>([
    ['in plain text has no certificate, whatever was set before', { tls: 'tls' }, undefined],
    ['with TLS settings that check', { usetls: true, tls: 'checks' }, undefined],
    ['with TLS settings that do not', { usetls: true, tls: 'tls' }, false],
    ['with settings that are not in the file', { usetls: true, tls: 'elsewhere' }, undefined],
    ['without settings', { usetls: true }, false],
    ['by a secure address, without settings', { broker: 'wss://mq.acme.example/mqtt', tls: 'tls' }, false],
    ['of an old flow that checks', { usetls: true, verifyservercert: true }, undefined],
    ['of an old flow that says so in words', { usetls: true, verifyservercert: 'true' }, undefined],
  ])('%s', (_, fields, verifyTls) => {
    const broker = { id: 'm', type: 'mqtt-broker', broker: 'mq.acme.example', ...fields };
    const user = { id: 'a', type: 'mqtt in', z: 't', broker: 'm', wires: [[]], x: 1, y: 1 };
    const checks = { ...(tls(true) as object), id: 'checks' };
    const parsed = read([{ id: 't', type: 'tab', label: 'T' }, user, broker, tls(false), checks]);
    expect(only(records(parsed, 'endpoint'))).toMatchObject({ type: 'broker', host: 'mq.acme.example' });
    expect(only(records(parsed, 'endpoint')).verifyTls).toBe(verifyTls);
  });
});

test.each<[{ [key: string]: Json }, string]>([
  [{}, 'unknown'],
  [{ authType: 'basic' }, 'basic'],
  [{ authType: 'digest' }, 'basic'],
  [{ authType: 'bearer' }, 'header'],
  [{ authType: 'of another kind' }, 'unknown'],
  [{ headers: [{ keyType: 'Authorization', keyValue: '' }] }, 'header'],
  [{ headers: [{ keyType: 'other', keyValue: 'X-Auth-Token' }] }, 'header'],
  [{ headers: [{ keyType: 'Accept', keyValue: '' }] }, 'unknown'],
])('a request with %j proves who it is by %s', (fields, authentication) => {
  const call = { id: 'a', type: 'http request', z: 't', url: 'http://h.example/', wires: [[]], ...fields };
  const parsed = read([{ id: 't', type: 'tab', label: 'T' }, call]);
  expect(only(records(parsed, 'endpoint'))).toMatchObject({ host: 'h.example', authentication });
});

test.each<[Json]>([[[]], [[{ id: 1, type: 'x' }]], [{ nodes: [], connections: {} }], [{ flows: [] }], [[[1]]]])(
  '%j is no flows file',
  (tree) => expect(nodeRedFlows.recognise(readText('a.json', JSON.stringify(tree)).document)).toBe(false),
);

test('a damaged flows file never throws and never loses its own rules', () => {
  assert(
    property(wounded(example ?? null), (tree) => {
      const document = readText('node-red/damaged.json', JSON.stringify(tree)).document;
      if (nodeRedFlows.recognise(document)) expectSound(nodeRedFlows.parse(document));
      expect(JSON.stringify(nodeRedFlows.parse(document))).toBe(JSON.stringify(nodeRedFlows.parse(document)));
    }),
    { numRuns: 60, seed: 7 },
  );
});
