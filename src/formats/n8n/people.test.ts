import { expect, test } from 'vitest';
import { flow, node, only, records } from '../../../test/helpers/n8n.ts';
import type { Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { n8nWorkflow } from './workflow.ts';

const read = (more: { [key: string]: Json }) =>
  n8nWorkflow.parse(readText('exports/one.json', JSON.stringify(flow([node('a', 'set')], more))).document);
const workflowOf = (more: { [key: string]: Json }) => only(records(read(more), 'workflow'));
const project = (name: string, type = 'personal'): Json => ({ id: name, name, type, creatorId: `creator of ${name}` });

test('whom it is shared with owns nothing of it', () => {
  const shared = [
    { role: 'workflow:owner', project: project('Dana Maker <dana@acme.example>') },
    { role: 'workflow:editor', project: project('Kim Helper <kim@acme.example>') },
  ];
  const { attributions, sharedWith } = workflowOf({ shared });
  expect(attributions?.map(({ rel, who }) => [rel, who.email])).toEqual([['owned-by', 'dana@acme.example']]);
  expect(sharedWith).toEqual({ reach: 'some', count: 2 });
  expect(workflowOf({}).sharedWith).toBeUndefined();
});

test('of the members of a personal project only its owner owns it', () => {
  const member = (role: string, email: string): Json => ({
    role,
    user: { id: email, email, firstName: 'A', lastName: 'B' },
  });
  const projectRelations = [
    member('project:personalOwner', 'dana@acme.example'),
    member('project:viewer', 'kim@acme.example'),
  ];
  const { attributions } = workflowOf({ shared: [{ role: 'workflow:owner', project: { projectRelations } }] });
  expect(attributions?.map(({ who }) => who)).toEqual([
    { id: 'dana@acme.example', email: 'dana@acme.example', name: 'A B' },
  ]);
});

test.each<[{ [key: string]: Json }, string, boolean | undefined]>([
  [{ disabled: true, isPending: true, role: 'global:owner' }, 'suspended', true],
  [{ disabled: false, isPending: true, role: { slug: 'global:admin' } }, 'invited', true],
  [{ disabled: false, role: 'global:member' }, 'active', undefined],
  [{}, 'unknown', undefined],
])('an account with %j is %s', (fields, status, admin) => {
  const user = { id: 'u1', email: 'lee@acme.example', ...fields };
  const { admin: may, ...person } = only(records(read({ shared: [{ role: 'workflow:owner', user }] }), 'person'));
  expect([person.status, person.name, may]).toEqual([status, 'lee@acme.example', admin]);
});

test('an account that has no address or no id is no record', () => {
  for (const user of [{ id: 'u1' }, { email: 'lee@acme.example' }])
    expect(records(read({ shared: [{ role: 'workflow:owner', user }] }), 'person')).toEqual([]);
});

test('who published it last counts, and who took it off published nothing', () => {
  const event = (what: string, userId: string, day: number): Json => ({
    event: what,
    userId,
    createdAt: `2026-03-0${day}T00:00:00.000Z`,
  });
  const workflowPublishHistory = [
    event('activated', 'u1', 5),
    event('deactivated', 'u3', 4),
    event('activated', 'u2', 3),
    event('activated', 'u1', 2),
  ];
  const published = workflowOf({ workflowPublishHistory }).attributions ?? [];
  expect(published.map(({ rel, who, at }) => [rel, who.id, at])).toEqual([
    ['published-by', 'u1', Date.UTC(2026, 2, 5)],
    ['published-by', 'u2', Date.UTC(2026, 2, 3)],
  ]);
});

test('its history tells of versions with their makers, by address where there is one', () => {
  const history = [
    { versionId: 'v3', authors: 'Dana Maker, kim@acme.example, ', createdAt: '2026-03-02T00:00:00.000Z', name: 'Fix' },
    { versionId: 'v2', authors: '' },
    { authors: 'of no version' },
  ];
  expect(workflowOf({ versionId: 'v3', history }).versions).toEqual([
    { id: 'v2' },
    {
      id: 'v3',
      at: Date.UTC(2026, 2, 2),
      authors: [{ name: 'Dana Maker' }, { email: 'kim@acme.example' }],
      comment: 'Fix',
    },
  ]);
});

test('a tag names an owner by name or address', () => {
  const owners = (tag: string) => workflowOf({ tags: [tag] }).attributions?.map(({ who }) => who);
  expect(owners('Owner: Dana Maker <dana@acme.example>')).toEqual([{ name: 'Dana Maker', email: 'dana@acme.example' }]);
  expect(owners('contact=Logistics')).toEqual([{ name: 'Logistics' }]);
  expect(owners('homeowners: all')).toBeUndefined();
});
