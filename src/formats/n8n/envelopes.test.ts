import { describe, expect, test } from 'vitest';
import { flow, node, only, records } from '../../../test/helpers/n8n.ts';
import type { Json, Parsed } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { n8nWorkflow } from './workflow.ts';

function read(tree: Json): Parsed {
  return n8nWorkflow.parse(readText('exports/one.json', JSON.stringify(tree)).document);
}

describe('envelopes', () => {
  test('a list keeps every pointer, and scans what lies around it once', () => {
    const parsed = read({ data: [flow([node('a', 'set')]), flow([node('b', 'set')], { id: 'wf2' })], nextCursor: 'x' });
    const [first, second] = parsed.items.filter((item) => item.record.kind === 'workflow');
    expect(first?.record.id).toBe('exports/one.json#wf1');
    expect(second?.record).toMatchObject({ id: 'exports/one.json#wf2', at: { pointer: '/data/1' } });
    expect(second?.contents?.[0]?.tree).toEqual({ data: { 1: flow([node('b', 'set')], { id: 'wf2' }) } });
    expect(second?.contents?.[0]?.labels?.[0]?.pointer).toBe('/data/1/nodes/0');
    expect(first?.contents?.[1]).toMatchObject({ place: 'configuration', tree: { nextCursor: 'x' } });
  });

  test('a template keeps its name, id and author', () => {
    const inner = { nodes: [node('a', 'set')], connections: {} };
    const parsed = read({ workflow: { id: 42, name: 'From the library', user: { username: 'pat' }, workflow: inner } });
    expect(only(records(parsed, 'workflow'))).toMatchObject({
      id: 'exports/one.json#42',
      name: 'From the library',
      state: 'unknown',
      attributions: [{ rel: 'created-by', who: { login: 'pat' }, basis: 'creator-field' }],
    });
  });

  test('the same id twice stays two workflows, and a stranger in the list is named', () => {
    const parsed = read([flow([node('a', 'set')]), flow([node('a', 'set')]), { hello: 1 }]);
    expect(records(parsed, 'workflow').map((one) => one.id)).toEqual([
      'exports/one.json#wf1',
      'exports/one.json#wf1~2',
    ]);
    expect(parsed.problems).toEqual([{ pointer: '/2', detail: expect.stringContaining('no n8n workflow') }]);
  });

  test('an older export carries its owner as a user record', () => {
    const user = { id: 'u1', email: 'lee@acme.example', firstName: 'Lee', disabled: true, role: 'global:owner' };
    const relation = { role: 'project:personalOwner', user };
    const shared = [{ role: 'workflow:owner', project: { type: 'personal', projectRelations: [relation] } }];
    const parsed = read(flow([node('a', 'set')], { shared }));
    expect(only(records(parsed, 'workflow')).attributions).toEqual([
      expect.objectContaining({ rel: 'owned-by', who: { id: 'u1', email: 'lee@acme.example', name: 'Lee' } }),
    ]);
    expect(only(records(parsed, 'person'))).toMatchObject({ id: 'u1', status: 'suspended', admin: true });
  });

  test('a team project holds the workflow and is shared with its members', () => {
    const shared = [{ role: 'workflow:owner', project: { id: 'p9', name: 'Finance', type: 'team', creatorId: 'u2' } }];
    const parsed = read(flow([node('a', 'set')], { shared, tags: ['owner: kim@acme.example'] }));
    const workflow = only(records(parsed, 'workflow'));
    expect(workflow.links).toEqual([{ rel: 'contained-in', kind: 'container', id: 'n8n:project:p9' }]);
    expect(workflow.sharedWith).toEqual({ reach: 'some', count: 1 });
    expect(workflow.attributions?.map(({ who, basis }) => [basis, who])).toEqual([
      ['container-owner', { id: 'u2' }],
      ['tag', { email: 'kim@acme.example' }],
    ]);
  });
});

describe('what n8n itself refuses', () => {
  test('duplicate names and ids, lost ends, odd credentials, missing types', () => {
    const parsed = read(
      flow(
        [
          node('a', 'telegram', {}, { credentials: { telegramApi: 'Bot' } }),
          node('a', 'set'),
          { id: 'x', name: 'no type' },
          { name: 'no id', type: 'n8n-nodes-base.if' },
          null,
          node('c', 'slack', {}, { credentials: { slackApi: { id: null, name: '' } } }),
        ],
        {
          meta: { instanceId: 'i1' },
          connections: { a: { main: [null, [{ node: 'nowhere' }, 7]] }, c: { main: [[{ node: 'gone' }]] }, ghost: 3 },
        },
      ),
    );
    const { graph } = only(records(parsed, 'workflow'));
    expect(graph.steps.map((step) => step.id)).toEqual(['a', 'a~2', 'no id', 'c']);
    expect(graph.steps[0]?.connection).toBe('n8n/i1/telegramApi/Bot');
    expect(graph.steps[3]).not.toHaveProperty('connection');
    expect(parsed.problems.map((problem) => problem.pointer)).toEqual(['/nodes/2', '/nodes/4', '/connections/a/main']);
    // One line for all lost ends: a file that a tool has spoilt has hundreds.
    expect(parsed.problems[2]?.detail).toMatch(/^2 connections begin or end /);
  });

  test.each([[[]], [{}], [{ nodes: [], connections: {} }], [{ nodes: [{ id: 1, data: {} }], edges: [] }], [null]])(
    'but %j is no workflow',
    (tree) => {
      expect(n8nWorkflow.recognise(readText('a.json', JSON.stringify(tree)).document)).toBe(false);
    },
  );
});

test('spaces at the ends of names count, as they do in n8n', () => {
  const parsed = read(
    flow([node('a', 'set'), { ...(node('b', 'set') as object), name: 'b ' }], {
      connections: { a: { main: [[{ node: 'b ' }]] }, 'b ': { main: [[{ node: 'a' }]] } },
    }),
  );
  expect(parsed.problems).toEqual([]);
  expect(only(records(parsed, 'workflow')).graph.edges).toHaveLength(2);
});

test('a request to a host that is only known at run time is on record when it checks no certificate', () => {
  const parameters = { url: '={{ $json.url }}', options: { allowUnauthorizedCerts: true } };
  const [careless, careful] = [parameters, { url: '={{ $json.url }}' }].map((one) =>
    records(read(flow([node('a', 'httpRequest', one)])), 'endpoint'),
  );
  expect(only(careless ?? [])).toMatchObject({ direction: 'outbound', verifyTls: false, gaps: { host: 'not-seen' } });
  expect(careful).toEqual([]);
});
