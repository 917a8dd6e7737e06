import { describe, expect, test } from 'vitest';
import { all, expectSound, only, parseExample, samples, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { makeBlueprint } from '../make/blueprint.ts';
import { zapierExport } from '../zapier/zapier.ts';
import { workatoConnection, workatoRecipe } from './recipe.ts';

const mine = [workatoRecipe, workatoConnection];

function json(tree: Json): Document {
  return readText('r.recipe.json', JSON.stringify(tree)).document;
}

function recipe(code: { readonly [key: string]: Json }, more: { readonly [key: string]: Json } = {}): Document {
  return json({ name: 'R', code: { keyword: 'trigger', as: 't', block: [], ...code }, config: [], ...more });
}

describe.each(mine)('$id', (format) => {
  test('recognises its own example and no other format does', () => {
    const example = exampleDocument(format.example);
    expect([...mine, makeBlueprint, zapierExport].filter((one) => one.recognise(example))).toEqual([format]);
  });

  test('leaves other documents alone', () => {
    const trees = [
      {},
      [],
      null,
      { name: 'x', provider: 'y' },
      { code: 'x', config: [] },
      { name: 'x', code: { block: [] } },
    ];
    const foreign = [makeBlueprint, zapierExport].map((one) => exampleDocument(one.example));
    for (const document of [...trees.map((tree) => json(tree)), ...foreign])
      expect(format.recognise(document)).toBe(false);
  });

  test('survives damage', () => {
    survivesDamage(format);
  });
});

describe('a recipe', () => {
  const parsed = parseExample(workatoRecipe);
  const flow = only(parsed, 'workflow');

  test('gives the recipe with its version and audience', () => {
    expect(flow).toMatchObject({
      id: 'orders/take_orders.recipe.json',
      name: 'Take orders',
      state: 'unknown',
      versions: [{ id: '7' }],
      sharedWith: { reach: 'private' },
    });
  });

  test('gives the graph: alternatives follow their block, handlers whatever failed', () => {
    expect(flow.graph.steps.map(({ id, connector, operation, role }) => [id, connector, operation, role])).toEqual([
      ['hook', 'workato_webhooks', 'new_event', 'source'],
      ['try1', 'try', undefined, 'transform'],
      ['find', 'salesforce', 'search_sobjects', 'source'],
      ['known', 'if', undefined, 'transform'],
      ['tell', 'rest', 'make_request_v2', 'both'],
      ['unknown', 'else', undefined, 'transform'],
      ['stop', 'stop', undefined, 'transform'],
      ['failed', 'catch', undefined, 'transform'],
      ['mail', 'gmail', 'send_mail', 'sink'],
    ]);
    expect(flow.graph.edges.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'hook > try1',
      'try1 > find',
      'find > known',
      'known > tell',
      'known > unknown',
      'unknown > stop',
      'try1 > failed',
      'known > failed',
      'tell > failed',
      'unknown > failed',
      'failed > mail',
    ]);
    expect(flow.graph.triggers).toEqual([{ step: 'hook', kind: 'webhook', authentication: 'none' }]);
    const step = (id: string) => flow.graph.steps.find((one) => one.id === id);
    expect(step('tell')).toMatchObject({
      destinations: ['orders.partner.example'],
      pointer: '/code/block/0/block/1/block/0',
    });
    expect(step('mail')).toMatchObject({ destinations: ['partner.example'], label: 'gmail send_mail' });
  });

  test('refers to the connections that connection files define', () => {
    const defined = only(parseExample(workatoConnection), 'connection');
    const [sales, mail] = all(parsed, 'connection');
    expect(sales).toMatchObject({ id: defined.id, connector: 'salesforce', subject: 'unknown' });
    expect(mail).toMatchObject({ subject: 'person', account: { email: 'ada.maker@acme.example' } });
    expect(flow.graph.steps.find((step) => step.id === 'find')?.connection).toBe(defined.id);
    expect(parsed.items.filter((item) => item.reference)).toHaveLength(2);
    expect(parseExample(workatoConnection).items[0]?.reference).toBeUndefined();
  });

  test('gives the webhook and the host called', () => {
    expect(all(parsed, 'endpoint')).toMatchObject([
      { direction: 'inbound', authentication: 'none' },
      { direction: 'outbound', host: 'orders.partner.example', scheme: 'https' },
    ]);
    expect(JSON.stringify(parsed.items.map(({ record }) => record))).not.toMatch(/partner\.example\/|desk@/);
  });

  test.each([
    [{ provider: 'workato_api_platform', name: 'receive_request' }, 'webhook', 'api-key'],
    [{ provider: 'workato_recipe_function', name: 'execute' }, 'call', 'session'],
    [{ provider: 'clock', name: 'scheduled_event' }, 'schedule', 'unknown'],
    [{ provider: 'salesforce', name: 'new_object' }, 'event', 'unknown'],
  ])('that starts with %j: %s, %s', (code, kind, authentication) => {
    expect(only(workatoRecipe.parse(recipe(code)), 'workflow').graph.triggers).toEqual([
      { step: 't', kind, authentication },
    ]);
  });

  test('of the API has its state, author, last run, and a secret address', () => {
    const document = recipe(
      { provider: 'clock' },
      {
        id: 9,
        running: true,
        last_run_at: '2026-05-01T00:00:00Z',
        user_id: 5,
        author_name: 'Ada Maker',
        version_no: 3,
        version_author_email: 'bo@acme.example',
        version_comment: 'tidied',
      },
    );
    const { items } = workatoRecipe.parse(document);
    expect(items[0]?.record).toMatchObject({
      id: 'r.recipe.json#9',
      state: 'active',
      lastRunAt: Date.UTC(2026, 4, 1),
      versions: [{ id: '3', comment: 'tidied', authors: [{ email: 'bo@acme.example' }] }],
      attributions: [
        { rel: 'created-by', who: { name: 'Ada Maker' } },
        { rel: 'edited-by', who: { email: 'bo@acme.example' } },
      ],
    });
    expect(items[0]?.contents?.[0]?.labels).toContainEqual(
      expect.objectContaining({ pointer: '/webhook_url', secret: true }),
    );
  });

  test.each([
    [{ provider: 'workato_webhooks', name: 'new_event' }, 'webhook', 'none'],
    [{ provider: 'workato_api_platform', name: 'receive_request' }, 'webhook', 'api-key'],
    [{ provider: 'workato_recipe_function', name: 'execute' }, 'call', 'session'],
    [{ provider: 'workato_genie', name: 'start_workflow' }, 'call', 'session'],
    [{ provider: 'clock', name: 'scheduled_event' }, 'schedule', 'unknown'],
    [{ provider: 'workbot', name: 'bot_command' }, 'chat', 'unknown'],
    [{ provider: 'gmail', name: 'new_email' }, 'email', 'unknown'],
    [{ provider: 'gmail', name: 'new_label' }, 'event', 'unknown'],
    [{ provider: 'salesforce', name: 'new_object' }, 'event', 'unknown'],
    [{}, 'unknown', 'unknown'],
  ])('%j starts it by %s, %s', (code, kind, authentication) => {
    const { graph } = only(workatoRecipe.parse(recipe(code)), 'workflow');
    expect(graph.triggers).toEqual([{ step: 't', kind, authentication }]);
  });

  test.each<[{ readonly [key: string]: Json }, object]>([
    [{ provider: 'postgresql', name: 'run_custom_sql' }, { code: 'sql' }],
    [{ provider: 'py_eval', name: 'invoke_custom_py_code' }, { code: 'python' }],
    [
      { provider: 'crm_connector_12_34', name: 'get_deal' },
      { role: 'source', component: { origin: 'local' } },
    ],
    [{ provider: 'workato_variable', name: 'declare_list' }, { role: 'transform' }],
    [{ provider: 'crm', name: '__adhoc_http_action', input: { verb: 'get' } }, { role: 'source' }],
    [
      { provider: 'crm', name: '__adhoc_http_action', input: { verb: 'post', path: 'https://h.example/x' } },
      { role: 'both', destinations: ['h.example'] },
    ],
    [
      { provider: 'gmail', name: 'send_mail', input: { to: 'a@partner.example', subject: 'b@other.example' } },
      { role: 'sink', destinations: ['partner.example'] },
    ],
  ])('the step %j is %j', (step, expected) => {
    const block = [{ keyword: 'action', as: 's', ...step }];
    const { graph } = only(workatoRecipe.parse(recipe({ provider: 'clock', name: 'x', block })), 'workflow');
    expect(graph.steps[1]).toMatchObject(expected);
  });

  test('a step that is skipped calls nobody, nor does what it holds', () => {
    const call = (as: string) => ({
      keyword: 'action',
      provider: 'rest',
      as,
      input: { url: `https://${as}.example/` },
    });
    const block = [
      { keyword: 'if', as: 'if', skip: true, block: [call('inner')] },
      { ...call('off'), skip: true },
      call('on'),
    ];
    const parsed = workatoRecipe.parse(recipe({ provider: 'clock', name: 'scheduled_event', block }));
    const { graph } = only(parsed, 'workflow');
    expect(graph.steps.filter((step) => step.disabled === true).map(({ id }) => id)).toEqual(['if', 'inner', 'off']);
    expect(all(parsed, 'endpoint').map(({ host }) => host)).toEqual(['on.example']);
  });

  test('takes no host from a datapill', () => {
    const step = { keyword: 'action', as: 'x', provider: 'rest', name: 'make_request_v2' };
    for (const url of ['#{_dp(\'{"path":["url"]}\')}', "https://#{_('data.host')}/x", "='https://a.example/' + x"]) {
      const parsed = workatoRecipe.parse(
        recipe({ provider: 'clock', block: [{ ...step, input: { request: { url } } }] }),
      );
      expect(all(parsed, 'endpoint')).toEqual([]);
    }
  });
});

test('real recipes and connections are recognised once and read', async () => {
  for (const document of await samples('workato')) {
    const hits = mine.filter((format) => format.recognise(document));
    expect([document.path, hits.length]).toEqual([document.path, 1]);
    const parsed = hits[0]?.parse(document);
    expect(parsed?.problems).toEqual([]);
    if (parsed) expectSound(parsed);
  }
});
