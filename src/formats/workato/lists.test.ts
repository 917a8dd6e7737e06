import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { workatoApiAccess, workatoMembers } from './access.ts';
import { connectionListExample, recipeListExample } from './list-examples.ts';
import { workatoConnectionList, workatoRecipeList } from './lists.ts';
import { workatoRecipe } from './recipe.ts';

const json = (tree: Json, path = 'answer.json'): Document => readText(path, JSON.stringify(tree)).document;
const rows = JSON.parse(recipeListExample.text).items as Record<string, Json>[];
const connections = exampleDocument(connectionListExample);

test.each([workatoRecipeList, workatoConnectionList, workatoApiAccess, workatoMembers])(
  '$id survives damage',
  (one) => {
    survivesDamage(one);
  },
);

describe('a list of recipes', () => {
  const parsed = parseExample(workatoRecipeList);
  const [invoices, leads] = all(parsed, 'workflow');

  test('gives each recipe with its state, its dates and its makers', () => {
    expect(invoices).toMatchObject({
      id: 'workato/recipes.json#1913515',
      state: 'active',
      createdAt: Date.parse('2024-02-05T15:07:38.568Z'),
      attributions: [
        { rel: 'created-by', who: { name: 'Ada Maker' } },
        { rel: 'edited-by', who: { email: 'bo.keeper@acme.example' } },
      ],
    });
    expect(leads).toMatchObject({
      state: 'inactive',
      attributions: [{ rel: 'created-by', who: { email: 'ada.maker@acme.example' } }, { rel: 'edited-by' }],
    });
  });

  test('gives the steps of the code, and without it those that the applications are known by', () => {
    expect(invoices?.graph.steps.map(({ id, operation }) => [id, operation])).toEqual([
      ['won', 'updated_sobject'],
      ['book', 'create_invoice'],
    ]);
    expect(invoices?.graph.steps[1]?.pointer).toBe('/items/0/code/block/0');
    expect(leads?.graph.steps.map(({ connector }) => connector)).toEqual(['workato_webhooks', 'salesforce', 'slack']);
    expect([invoices, leads].map((recipe) => recipe?.outline)).toEqual([undefined, true]);
    expect(all(parsed, 'endpoint')).toMatchObject([{ direction: 'inbound', authentication: 'none' }]);
  });

  test('calls its connections by name where the list of them lies beside it, as exports do', () => {
    const alone = all(parsed, 'connection').map(({ id }) => id);
    expect(alone).toEqual(['workato/-/connection/36', 'workato/-/connection/37']);
    const document = {
      ...exampleDocument(recipeListExample),
      neighbours: new Map([['connections.json', connections]]),
    };
    const named = all(workatoRecipeList.parse(document), 'connection').map(({ id }) => id);
    const listed = all(workatoConnectionList.parse(connections), 'connection').map(({ id }) => id);
    expect(named).toEqual(['workato/-/connection/Sales org', 'workato/-/connection/Ledger']);
    expect(listed).toEqual(named);
  });

  test.each([
    ['bare', rows],
    ['in pages', [{ items: rows.slice(0, 1) }, { items: rows.slice(1) }]],
    ['in bare pages', [rows.slice(0, 1), rows.slice(1)]],
  ])('is read %s too', (_, tree) => {
    const result = recogniseAndParse(json(tree));
    expect(result.formats).toEqual(['workato-recipe-list']);
    expect(result.problems).toEqual([]);
    expect(all(result, 'workflow').map(({ name }) => name)).toEqual(['Invoices to the ledger', 'Leads from the form']);
  });

  test('may be the answer for one recipe, whose code is a text', () => {
    expect(only(recogniseAndParse(json(rows[0] ?? null)), 'workflow').graph.steps).toHaveLength(2);
  });

  test('says that a full page may not be all, and what is no recipe', () => {
    const many = Array.from({ length: 100 }, (_, id) => ({ ...rows[1], id }));
    expect(workatoRecipeList.parse(json({ items: many })).problems).toMatchObject([
      { detail: expect.stringContaining('there may be more') },
    ]);
    expect(workatoRecipeList.parse(json({ items: [...rows, { id: 1 }] })).problems).toMatchObject([
      { pointer: '/items/2' },
    ]);
  });

  test('keeps the address that starts a recipe as a secret', () => {
    const { items } = workatoRecipeList.parse(json({ items: [{ ...rows[1], webhook_url: 'https://w.example/abc' }] }));
    expect(items[0]?.contents?.[0]?.labels).toContainEqual(
      expect.objectContaining({ pointer: '/items/0/webhook_url', secret: true }),
    );
    expect(items.find(({ record }) => record.kind === 'endpoint')?.addresses).toHaveLength(1);
    expect(JSON.stringify(items.map(({ record }) => record))).not.toContain('w.example');
  });
});

describe('an exported recipe beside a list', () => {
  const exported = (name: string, list: Json): Document => ({
    ...json({ name, version: 3, code: { keyword: 'trigger', provider: 'clock', as: 't', block: [] }, config: [] }),
    neighbours: new Map([['../recipes.json', json(list)]]),
  });

  test('is whose the list says, runs if it does, and is known as the same thing', () => {
    const flow = only(workatoRecipe.parse(exported('Leads from the form', rows)), 'workflow');
    const listed = all(parseExample(workatoRecipeList), 'workflow')[1];
    expect(flow).toMatchObject({ id: 'answer.json', state: 'inactive', createdAt: listed?.createdAt });
    expect(flow.attributions).toEqual(listed?.attributions);
    expect(flow.knownAs).toEqual(listed?.knownAs);
    expect(flow.knownAs).toHaveLength(1);
  });

  test('is nobody’s where two recipes of the list bear its name', () => {
    const twins = [rows[1] ?? null, { ...rows[1], id: 7, version_author_email: 'bo.keeper@acme.example' }];
    const flow = only(workatoRecipe.parse(exported('Leads from the form', twins)), 'workflow');
    expect(flow.attributions ?? []).toEqual([]);
    expect(flow.knownAs).toBeUndefined();
  });
});

describe('a list of connections', () => {
  test('says since when each is there and whether it works', () => {
    expect(all(parseExample(workatoConnectionList), 'connection')).toMatchObject([
      {
        name: 'Sales org',
        connector: 'salesforce',
        status: 'active',
        createdAt: Date.parse('2023-05-26T22:53:52.532Z'),
      },
      { name: 'Ledger', connector: 'netsuite', status: 'error' },
    ]);
  });

  test.each([
    [{ authorization_status: 'success' }, 'active'],
    [{ authorization_status: 'success', connection_lost_at: '2026-05-26T22:53:52.532Z' }, 'error'],
    [{ authorization_status: 'exception' }, 'error'],
    [{ authorization_status: '' }, 'unknown'],
  ])('one with %j is %s', (fields, status) => {
    const [first] = connections.tree as Record<string, Json>[];
    const list = json([{ ...first, connection_lost_at: null, ...fields }]);
    expect(only(workatoConnectionList.parse(list), 'connection').status).toBe(status);
  });

  test('tells those of one name apart by their numbers', () => {
    const twins = json((connections.tree as Json[]).map((one) => ({ ...(one as object), name: 'My account' })));
    expect(all(workatoConnectionList.parse(twins), 'connection').map(({ id }) => id)).toEqual([
      'workato/-/connection/36',
      'workato/-/connection/37',
    ]);
  });
});

describe('a list of API clients or keys', () => {
  const client = JSON.parse(
    workatoApiAccess.example && 'text' in workatoApiAccess.example ? workatoApiAccess.example.text : '',
  );
  const key = {
    id: 5,
    name: 'Portal',
    auth_type: 'token',
    ip_allow_list: [],
    active: true,
    active_since: '2022-05-25T08:41:44+05:30',
  };

  test('gives a client with what it reaches and who runs it', () => {
    expect(only(parseExample(workatoApiAccess), 'identity')).toMatchObject({
      name: 'Partner portal',
      status: 'active',
      scopes: ['Orders'],
      attributions: [{ rel: 'operated-by', who: { email: 'bo.keeper@acme.example' } }],
    });
  });

  test('gives a key with its age, and its token as a secret', () => {
    const { items } = workatoApiAccess.parse(json({ data: [{ ...key, auth_token: 'x'.repeat(40) }] }));
    expect(items[0]?.record).toMatchObject({
      type: 'api-key',
      status: 'active',
      store: 'platform',
      usableFrom: 'anywhere',
      createdAt: Date.parse('2022-05-25T03:11:44Z'),
    });
    expect(items[0]?.contents?.[0]?.labels).toMatchObject([{ pointer: '/data/0/auth_token', secret: true }]);
  });

  test('gives a key that was switched off, and one that is held to addresses', () => {
    const keys = [
      { ...key, active: false },
      { ...key, id: 6, ip_allow_list: ['192.0.2.0/24'] },
      { ...key, id: 7, ip_allow_list: null },
    ];
    const found = all(workatoApiAccess.parse(json({ data: keys })), 'credential');
    expect(found.map(({ status, usableFrom }) => [status, usableFrom])).toEqual([
      ['inactive', 'anywhere'],
      ['active', 'restricted'],
      ['active', undefined],
    ]);
  });

  test('gives a client without keys, and one of the old sort with the token that it has', () => {
    const [row] = client.data;
    const idle = workatoApiAccess.parse(json({ data: [{ ...row, active_api_keys_count: 0 }] }));
    expect(only(idle, 'identity').status).toBe('disabled');
    const { active_api_keys_count: _, ...old } = row;
    const { items } = workatoApiAccess.parse(json({ data: [{ ...old, api_token: 'x'.repeat(40) }] }));
    expect(items.map(({ record }) => [record.kind, 'status' in record ? record.status : undefined])).toEqual([
      ['identity', 'unknown'],
      ['credential', 'unknown'],
    ]);
    expect(items[1]?.contents?.[0]?.labels).toMatchObject([{ pointer: '/data/0/api_token', secret: true }]);
    expect(items[0]?.contents).toBeUndefined();
  });

  test('says when there are more than it holds', () => {
    expect(workatoApiAccess.parse(json({ ...client, count: 140 })).problems).toMatchObject([
      { detail: expect.stringContaining('there are 140') },
    ]);
  });
});

test('of a list of members that is cut off, so much is said', () => {
  const list = JSON.parse(
    workatoMembers.example && 'text' in workatoMembers.example ? workatoMembers.example.text : '',
  );
  expect(workatoMembers.parse(json({ ...list, total: 30 })).problems).toMatchObject([
    { detail: expect.stringContaining('there are 30') },
  ]);
  const plain = { ...list.data[0], roles: [{ environment_type: 'dev', role_name: 'Analyst' }], name: '' };
  expect(only(workatoMembers.parse(json({ data: [plain] })), 'person')).toMatchObject({
    name: 'ada.maker@acme.example',
  });
  expect(only(workatoMembers.parse(json({ data: [plain] })), 'person')).not.toHaveProperty('admin');
});

test('a list of members gives the people by whom recipes are known', () => {
  expect(only(parseExample(workatoMembers), 'person')).toMatchObject({
    name: 'Ada Maker',
    emails: ['ada.maker@acme.example'],
    admin: true,
    lastUsedAt: Date.parse('2026-11-01T15:00:00Z'),
  });
});
