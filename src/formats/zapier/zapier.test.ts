import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { makeBlueprint } from '../make/blueprint.ts';
import { workatoRecipe } from '../workato/recipe.ts';
import { zapierExport } from './zapier.ts';

function zap(nodes: Json): Document {
  return readText('z.json', JSON.stringify({ metadata: { version: '2' }, zaps: [{ id: 1, nodes }] })).document;
}

describe('recognition', () => {
  test('takes its own example and no one else’s', () => {
    const formats = [zapierExport, makeBlueprint, workatoRecipe];
    const example = exampleDocument(zapierExport.example);
    expect(formats.filter((format) => format.recognise(example))).toEqual([zapierExport]);
    const known = formats.filter((format) => zapierExport.recognise(exampleDocument(format.example)));
    expect(known).toEqual([zapierExport]);
  });

  test.each([[{}], [[]], [null], [{ zaps: [] }], [{ metadata: {}, zaps: [{}] }]])('leaves %j alone', (tree) => {
    expect(zapierExport.recognise(readText('a.json', JSON.stringify(tree)).document)).toBe(false);
  });

  test('survives damage', () => {
    survivesDamage(zapierExport);
  });
});

describe('an export', () => {
  const parsed = parseExample(zapierExport);
  const [orders, summary] = all(parsed, 'workflow');

  test('gives every zap with its maker and state', () => {
    expect([orders, summary]).toMatchObject([
      {
        id: 'zapier-export.json#/zaps/0',
        name: 'Orders to channel',
        state: 'unknown',
        attributions: [{ rel: 'created-by', who: { id: '314159' } }],
      },
      { id: 'zapier-export.json#/zaps/1', name: 'Weekly summary', state: 'inactive' },
    ]);
  });

  test('gives the graph by parent', () => {
    expect(orders?.graph).toMatchObject({
      steps: [
        { id: '1', connector: 'WebHookCLIAPI', operation: 'hook_v2', role: 'source' },
        { id: '2', connector: 'FilterAPI', role: 'transform' },
        { id: '3', connector: 'CodeCLIAPI', code: 'python' },
        { id: '4', connector: 'SlackCLIAPI', role: 'sink', connection: 'zapier/-/SlackCLIAPI/27182818' },
        { id: '5', label: 'Tell the partner', role: 'both', destinations: ['orders.partner.example'] },
      ],
      edges: [
        { from: '1', to: '2' },
        { from: '2', to: '3' },
        { from: '3', to: '4' },
        { from: '3', to: '5' },
      ],
      triggers: [{ step: '1', kind: 'webhook', authentication: 'none' }],
    });
    expect(summary?.graph.triggers).toEqual([{ step: '6', kind: 'schedule', authentication: 'unknown' }]);
  });

  test('shows that two zaps run on one connection', () => {
    const { id } = only(parsed, 'connection');
    const uses = [{ rel: 'uses', kind: 'connection', id }];
    expect([orders?.links, summary?.links]).toEqual([uses, uses]);
  });

  test('gives the hook and the host called, and nothing else of the address', () => {
    expect(all(parsed, 'endpoint')).toMatchObject([
      { direction: 'inbound', type: 'webhook', authentication: 'none' },
      { direction: 'outbound', host: 'orders.partner.example', scheme: 'http', authentication: 'basic' },
    ]);
    expect(JSON.stringify(parsed.items.map(({ record }) => record))).not.toMatch(/\/in\?|output = /);
  });

  test('divides the file: each zap’s text belongs to that zap alone', () => {
    const trees = parsed.items
      .filter(({ record }) => record.kind === 'workflow')
      .map((item) => (item.contents ?? []).map((content) => JSON.stringify(content.tree)));
    expect(trees[0]?.join()).toContain('output = {}');
    expect(trees[0]?.join()).not.toContain('ScheduleCLIAPI');
    expect(trees[1]?.join()).not.toContain('output = {}');
  });

  test('never shows a long connection id, and tells the same ones by a hash', () => {
    const long = 'f0'.repeat(32);
    const node = { selected_api: 'SlackCLIAPI@1', action: 'post', authentication_id: long };
    const parsed = zapierExport.parse(zap({ 1: { ...node, id: 1 }, 2: { ...node, id: 2, parent_id: 1 } }));
    expect(JSON.stringify(parsed.items.map(({ record }) => record))).not.toContain(long.slice(0, 20));
    expect(only(parsed, 'connection').id).toMatch(/^zapier\/-\/SlackCLIAPI\/[0-9a-f]{16}$/);
  });

  test.each<[{ [field: string]: Json }, string, string]>([
    [{ selected_api: 'WebHookCLIAPI@1', action: 'hook_raw' }, 'webhook', 'none'],
    [{ selected_api: 'WebHookCLIAPI@1', action: 'retrieve_poll' }, 'event', 'unknown'],
    [{ selected_api: 'ZapierMailAPI' }, 'email', 'unknown'],
    [{ selected_api: 'GmailV2CLIAPI@1' }, 'email', 'unknown'],
    [{ selected_api: 'InterfacesCLIAPI@1' }, 'form', 'unknown'],
    [{ selected_api: 'SubZapCLIAPI@1' }, 'call', 'session'],
    [{ selected_api: 'PushCLIAPI@1' }, 'manual', 'session'],
    [{ selected_api: 'SlackCLIAPI@1' }, 'event', 'unknown'],
    [{}, 'unknown', 'unknown'],
  ])('%j starts it by %s, %s', (start, kind, authentication) => {
    const first = { id: 1, parent_id: null, ...start };
    const parsed = zapierExport.parse(zap({ 1: first, 2: { id: 2, parent_id: 1, selected_api: 'FilterAPI' } }));
    expect(only(parsed, 'workflow').graph.triggers).toEqual([{ step: '1', kind, authentication }]);
  });

  test.each<[{ [field: string]: Json }, string | undefined]>([
    [{ selected_api: 'WebHookCLIAPI@1', action: 'post' }, 'unknown'],
    [{ selected_api: 'WebHookCLIAPI@1', action: 'post', params: { basic_auth: 'u|p' } }, 'basic'],
    [
      { selected_api: 'WebHookCLIAPI@1', action: 'post', params: { headers: { 'X-Auth-Token': 'x', Accept: 'y' } } },
      'header',
    ],
    [{ selected_api: 'App1CLIAPI@2.0.0', action: '_zap_raw_request', authentication_id: 7 }, 'unknown'],
    [{ selected_api: 'App1CLIAPI@2.0.0', action: 'send' }, undefined],
  ])('a step %j calls by %s', (step, authentication) => {
    const called = {
      id: 2,
      parent_id: 1,
      ...step,
      params: { url: 'http://h.example/', ...(step['params'] as object) },
    };
    const parsed = zapierExport.parse(zap({ 1: { id: 1, selected_api: 'ScheduleCLIAPI@1' }, 2: called }));
    expect(all(parsed, 'endpoint').map((call) => call.authentication)).toEqual(
      authentication === undefined ? [] : [authentication],
    );
  });

  test('an integration of the account’s own is held to its version', () => {
    const parsed = zapierExport.parse(zap({ 1: { id: 1, selected_api: 'App217413CLIAPI@1.0.4', action: 'new_row' } }));
    expect(only(parsed, 'workflow').graph.steps[0]).toMatchObject({
      label: 'App217413 new_row',
      component: { name: 'App217413CLIAPI', version: '1.0.4', pinned: true, origin: 'local' },
    });
  });

  test('says when a step hangs on one that is not there', () => {
    const parsed = zapierExport.parse(zap({ 2: { id: 2, parent_id: 1, selected_api: 'SlackCLIAPI@1' } }));
    expect(parsed.problems).toEqual([
      { pointer: '/zaps/0/nodes/2', detail: 'parent_id names a step that is not there.' },
    ]);
  });
});
