import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { makeBlueprint } from './blueprint.ts';
import { makeConnectionList } from './connection-list.ts';
import { makeHookList } from './hook-list.ts';
import { hookListExample, scenarioListExample } from './list-examples.ts';
import { makeScenarioList } from './scenario-list.ts';

type Row = { readonly [key: string]: Json };
const json = (tree: Json, path = 'answer.json'): Document => readText(path, JSON.stringify(tree)).document;
const rows = JSON.parse(scenarioListExample.text).scenarios as Row[];
const [hook] = JSON.parse(hookListExample.text).hooks as Row[];
const scenarios = exampleDocument(scenarioListExample);
const url = 'https://hook.eu1.make.com/canary';

test.each([makeScenarioList, makeConnectionList, makeHookList])('$id survives damage', (format) => {
  survivesDamage(format);
});

describe('a list of scenarios', () => {
  const parsed = parseExample(makeScenarioList);
  const [leads, copy] = all(parsed, 'workflow');

  test('gives each with its state, its dates, its makers and its apps', () => {
    expect(leads).toMatchObject({
      id: 'make/scenarios.json#418339',
      state: 'active',
      createdAt: Date.parse('2024-10-13T13:27:45.109Z'),
      attributions: [
        { rel: 'created-by', who: { email: 'ada.maker@acme.example' } },
        { rel: 'edited-by', who: { email: 'bo.keeper@acme.example' } },
      ],
    });
    expect(leads?.graph.triggers).toMatchObject([{ kind: 'webhook' }]);
    expect(copy).toMatchObject({ state: 'inactive', graph: { triggers: [{ kind: 'schedule' }] } });
    expect(copy?.graph.steps).toMatchObject([{ connector: 'hubspotcrm' }, { component: { origin: 'local' } }]);
  });

  test('leaves the address that starts one to the list of hooks', () => {
    expect(all(parsed, 'endpoint')).toHaveLength(1);
    const beside = { ...scenarios, neighbours: new Map([['hooks.json', exampleDocument(hookListExample)]]) };
    expect(all(makeScenarioList.parse(beside), 'endpoint')).toEqual([]);
  });

  test.each<[string, Json]>([
    ['bare', rows],
    ['in pages', [{ scenarios: rows.slice(0, 1) }, { scenarios: rows.slice(1) }]],
  ])('is read %s too', (_, tree) => {
    const result = recogniseAndParse(json(tree));
    expect(result.formats).toEqual(['make-scenario-list']);
    expect(result.problems).toEqual([]);
    expect(all(result, 'workflow')).toHaveLength(2);
  });

  test('may be the answer for one scenario', () => {
    const result = recogniseAndParse(json({ scenario: rows[0] ?? null }));
    expect(result).toMatchObject({ formats: ['make-scenario-list'], problems: [] });
    expect(only(result, 'workflow')).toMatchObject({ id: 'answer.json#418339', at: { pointer: '/scenario' } });
  });

  test('says that a full page may not be all, and what is no scenario', () => {
    const { problems } = makeScenarioList.parse(json({ scenarios: [...rows, { id: 1 }], pg: { limit: 2 } }));
    expect(problems).toMatchObject([
      { pointer: '/scenarios/2', detail: 'This entry of the list is no scenario.' },
      { detail: expect.stringContaining('there may be more') },
    ]);
  });
});

describe('a blueprint beside a list', () => {
  const exported = (list: Json): Document => ({
    ...exampleDocument(makeBlueprint.example),
    neighbours: new Map([['../scenarios.json', json(list)]]),
  });

  test('is whose the list says, runs if it does, and is known as the same thing', () => {
    const flow = only(makeBlueprint.parse(exported(rows)), 'workflow');
    const [listed] = all(parseExample(makeScenarioList), 'workflow');
    expect(flow).toMatchObject({ id: 'leads.blueprint.json', state: 'active', knownAs: listed?.knownAs });
    expect(flow.attributions).toEqual(listed?.attributions);
    expect(flow.gaps).not.toHaveProperty('state');
  });

  test('is nobody’s where two scenarios of the list bear its name', () => {
    const flow = only(makeBlueprint.parse(exported([...rows, { ...rows[0], id: 7 }])), 'workflow');
    expect(flow.attributions ?? []).toEqual([]);
    expect(flow).toMatchObject({ state: 'unknown' });
  });
});

describe('a list of connections or keys', () => {
  test('gives whose account each runs on, and when it ends', () => {
    expect(all(parseExample(makeConnectionList), 'connection')).toMatchObject([
      {
        id: 'make/-/account/4001',
        connector: 'google',
        authentication: 'oauth',
        account: { email: 'ada.maker@acme.example' },
        expiresAt: Date.parse('2027-02-01T00:00:00Z'),
      },
      { connector: 'airtable2', gaps: { expiresAt: 'not-supported' } },
    ]);
  });

  test('calls them as blueprints do, by the zone that lies beside it', () => {
    const blueprint = exampleDocument(makeBlueprint.example);
    const list = exampleDocument(makeConnectionList.example);
    const [used] = all(makeBlueprint.parse(blueprint), 'connection');
    for (const beside of [
      blueprint,
      json({ hooks: [{ ...hook, url }] }),
      json({ organizations: [{ zone: 'eu1.make.com' }] }),
    ]) {
      const { items } = makeConnectionList.parse({ ...list, neighbours: new Map([['beside.json', beside]]) });
      expect(items[0]?.record.id).toBe(used?.id);
    }
  });

  test('reads keys of the keychain, and no other keys', () => {
    const key = { id: 5001, name: 'Partner CRM', typeName: 'apikeyauth', teamId: 18 };
    expect(only(recogniseAndParse(json({ keys: [key] })), 'connection')).toMatchObject({
      id: 'make/-/keychain/5001',
      authentication: 'api-key',
    });
    for (const other of [{ keys: [{ kty: 'RSA', kid: '1' }] }, { keys: [{ id: 1, name: 'x' }] }, [key]]) {
      expect(makeConnectionList.recognise(json(other))).toBe(false);
    }
  });
});

describe('a list of hooks', () => {
  const { items } = makeHookList.parse({
    ...json({ hooks: [{ ...hook, url }] }),
    neighbours: new Map([['scenarios.json', scenarios]]),
  });

  test('gives the addresses that start scenarios, each with its host alone', () => {
    expect(items[0]?.record).toMatchObject({
      id: 'make/eu1.make.com/hook/222895',
      host: 'hook.eu1.make.com',
      state: 'active',
      links: [{ rel: 'contained-in', kind: 'workflow', id: 'make/scenarios.json#418339' }],
    });
    expect(JSON.stringify(items.map(({ record }) => record))).not.toContain('canary');
    expect(items[0]?.contents?.[0]?.labels).toMatchObject([{ pointer: '/hooks/0/url', secret: true }]);
    expect(items[0]?.addresses).toHaveLength(1);
  });

  test('takes one that is switched off, or that starts nothing that runs, for inactive', () => {
    for (const more of [{ enabled: false }, { scenarioIsActive: false }]) {
      expect(only(makeHookList.parse(json([{ ...hook, ...more }])), 'endpoint')).toMatchObject({ state: 'inactive' });
    }
  });
});
