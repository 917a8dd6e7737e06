import { describe, expect, test } from 'vitest';
import { only, records } from '../../../test/helpers/n8n.ts';
import type { Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { nodeRedFlows } from './flows.ts';

type Fields = { readonly [key: string]: Json };
const tab: Json = { id: 't', type: 'tab', label: 'T' };
const read = (...nodes: readonly Json[]) =>
  nodeRedFlows.parse(readText('flows.json', JSON.stringify([tab, ...nodes])).document);
const onTab = (type: string, fields: Fields = {}): Json => ({
  id: 'a',
  type,
  z: 't',
  x: 1,
  y: 1,
  wires: [[]],
  ...fields,
});
const flowOf = (type: string, fields?: Fields) => only(records(read(onTab(type, fields)), 'workflow'));

test.each<[string, Fields, string | undefined]>([
  ['http request', { method: 'GET' }, 'source'],
  ['http request', { method: 'POST' }, 'both'],
  ['function', {}, 'transform'],
  ['exec', {}, 'both'],
  ['file', {}, 'sink'],
  ['file in', {}, 'source'],
  ['mqtt in', {}, 'source'],
  ['mqtt out', {}, 'sink'],
  ['e-mail', {}, 'sink'],
  ['postgresql', {}, 'both'],
  ['telegram sender', {}, undefined],
])('%s with %j is %s of data', (type, fields, role) => {
  expect(flowOf(type, fields).graph.steps[0]?.role).toBe(role);
});

test.each<[string, string | undefined]>([
  ['function', 'javascript'],
  ['ui_template', 'javascript'],
  ['exec', 'shell'],
  ['bigexec', 'shell'],
  ['python3-function', 'python'],
  ['change', undefined],
])('%s runs %s', (type, code) => expect(flowOf(type).graph.steps[0]?.code).toBe(code));

test.each<[string, Fields, string | undefined, string | undefined]>([
  ['inject', {}, 'manual', 'session'],
  ['inject', { repeat: '60' }, 'schedule', 'session'],
  ['inject', { crontab: '0 8 * * *' }, 'schedule', 'session'],
  ['inject', { once: true }, 'schedule', 'session'],
  ['http in', { url: '/x' }, 'webhook', 'unknown'],
  ['ui_form', {}, 'form', 'unknown'],
  ['ui-button', {}, 'form', 'unknown'],
  ['e-mail in', {}, 'email', 'unknown'],
  ['cronplus', {}, 'schedule', 'session'],
  ['mqtt in', {}, 'event', 'unknown'],
  ['telegram receiver', {}, 'event', 'unknown'],
  ['watch', {}, 'event', 'unknown'],
  // These take what comes to them from other nodes.
  ['file in', {}, undefined, undefined],
  ['link in', {}, undefined, undefined],
  ['trigger', {}, undefined, undefined],
  ['inject', { d: true }, undefined, undefined],
])('%s with %j starts by %s, %s', (type, fields, kind, authentication) => {
  const triggers = kind === undefined ? [] : [{ step: 'a', kind, authentication }];
  expect(flowOf(type, fields).graph.triggers).toEqual(triggers);
});

test.each<[Fields, object]>([
  [{ libs: [{ var: 'fs', module: 'fs' }] }, { name: 'node-red', origin: 'built-in' }],
  [
    {
      libs: [
        { var: 'x', module: 'node:path' },
        { var: 'y', module: 'left-pad' },
      ],
    },
    { name: 'left-pad', pinned: false },
  ],
  [{ libs: [{ var: 'y', module: '@acme/erp@1.2.3' }] }, { name: '@acme/erp', version: '1.2.3', pinned: true }],
  [{ libs: [{ var: 'y', module: '@acme/erp@^1.2.0' }] }, { name: '@acme/erp', version: '^1.2.0', pinned: false }],
])('a function with %j runs the code of %j', (fields, component) => {
  expect(flowOf('function', fields).graph.steps[0]?.component).toMatchObject(component);
});

describe('a configuration node', () => {
  test.each<[Fields, string]>([
    [{ clientSecret: '' }, 'oauth'],
    [{ credentials: { refreshToken: 'x', user: 'u' } }, 'oauth'],
    [{ apiKey: '' }, 'api-key'],
    [{ credentials: { token: 'x' } }, 'api-key'],
    [{ username: 'u' }, 'password'],
    [{ server: 'h' }, 'unknown'],
  ])('with %j signs in by %s', (fields, authentication) => {
    const config = { id: 'c', type: 'erp-server', name: 'ERP', ...fields };
    const parsed = read(config, onTab('erp get', { server: 'c', c: 'd' }));
    expect(only(records(parsed, 'connection'))).toMatchObject({ connector: 'erp-server', authentication });
    expect(only(records(parsed, 'workflow')).graph.steps[0]?.connection).toBe('flows.json#c');
  });

  test('with an address for a user is the account of a person', () => {
    const [of, none] = ['dana@acme.example', 'svc-erp'].map((user) =>
      only(records(read({ id: 'c', type: 'imap-server', user }), 'connection')),
    );
    expect(of).toMatchObject({ subject: 'person', account: { email: 'dana@acme.example' } });
    expect(none).not.toHaveProperty('account');
  });

  test('of a certificate or a dashboard is no connection', () => {
    const furniture = ['tls-config', 'ui_group', 'dashboard-page', 'websocket-listener'];
    const parsed = read(
      ...furniture.map((type, at) => ({ id: `c${at}`, type })),
      onTab('x', { tls: 'c0', group: 'c1' }),
    );
    expect(records(parsed, 'connection')).toEqual([]);
    expect(only(records(parsed, 'workflow')).graph.steps[0]).not.toHaveProperty('connection');
  });
});
