import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Store } from '../../src/core/ports.ts';
import { tryOut } from '../../src/collect/trial.ts';
import type { Connector, Stream } from '../../src/sdk/index.ts';
import { secretReader } from '../../src/secrets/read-secret.ts';
import { collectPorts } from '../../test/helpers/collecting.ts';
import { read } from '../../test/helpers/github.ts';
import { serve } from '../../test/helpers/vendor.ts';
import type { LiveOptions } from '../../test/helpers/live.ts';
import type { Tamper } from '../../test/helpers/vendor.ts';
import { vendor, type Otherwise } from '../../test/vendors/github.ts';
import { github } from './index.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ memory: true });
});
afterEach(() => store.close());

/** What is on the roll after it was read as `before` and again as `after`, and how the second read of `list` ended. */
async function later(list: string, before: Otherwise, after: Otherwise, options: LiveOptions = {}) {
  const { records: first } = await read([list], before, { store });
  const { records, outcome } = await read([list], after, { ...options, store });
  const gone = [...first.keys()].filter((key) => !records.has(key));
  return { gone, ended: outcome(list) };
}

const hides = (list: string, ...names: string[]) => ({
  hides: (path: string, name: string) => path.endsWith(list) && names.includes(name),
});
const tools = hides('/orgs/acme/repos', 'tools');
const concealed = hides('/orgs/acme/members', 'ann', 'cleo', 'dan', 'eve', 'acme-robot');
const owner = { token: { scopes: 'repo, read:org' } };
const member = { token: { scopes: 'repo, read:org', role: 'member' } } as const;
test.each<[string, Otherwise, Otherwise]>([
  ['an App that is installed for some of them now', {}, { selection: 'selected' }],
  ['a classic token without the scope repo', owner, { token: { scopes: 'public_repo, read:org' } }],
  ['the token of an owner who is a plain member now', owner, member],
  ['a fine-grained token that was given some of them', owner, { token: {} }],
])('a repository that is not shown to %s is not gone', async (_, before, after) => {
  const { gone, ended } = await later('repositories', before, { ...after, ...tools });
  expect(gone).toEqual([]);
  expect(ended).toMatchObject({ outcome: 'partial', reason: 'permission' });
  expect(ended?.detail).toMatch(
    /^1 of 3 records are not shown any more, and may still be there: the (?:App|token) is not /,
  );
});

test('a repository that was deleted is gone for whoever sees all: an App that has all, an owner, one shown as many as there are', async () => {
  const one: Tamper = ({ path }, usual) =>
    path.endsWith('/orgs/acme') ? { ...usual, json: { ...(usual.json as object), total_private_repos: 1 } } : usual;
  for (const after of [{}, owner, { token: {} }]) {
    const { gone, ended } = await later('repositories', {}, { ...after, ...tools }, { tamper: one });
    expect(gone).toEqual(['container/repository/102']);
    expect(ended?.outcome).toBe('complete');
  }
});

test.each<[string, Otherwise]>([
  ['whose owner is no member any more', { token: { scopes: 'repo, read:org', role: 'none' } }],
  ['that is fine-grained and lost members:read', { token: { role: 'none' } }],
])('members are not leavers because a token %s is shown the public ones alone', async (_, after) => {
  const { gone, ended } = await later('members', owner, { ...after, ...concealed });
  expect(gone).toEqual([]);
  expect(ended?.detail).toContain('5 of 6 records are not shown any more');
});

test('members are not leavers because an App lost members:read', async () => {
  const tamper: Tamper = ({ path }, usual) =>
    /\/orgs\/acme\/(?:teams|installations)$/.test(path) ? { status: 403, json: {} } : usual;
  const { gone, ended } = await later('members', {}, concealed, { tamper });
  expect(gone).toEqual([]);
  expect(ended?.outcome).toBe('partial');
});

test.each([
  ['teams', '/orgs/acme/teams', 'Empty'],
  ['collaborators', '/outside_collaborators', 'zed'],
])('of the %s, nobody is gone for the token of a plain member', async (list, path, hidden) => {
  const { gone, ended } = await later(list, owner, { ...member, ...hides(path, hidden) });
  expect(gone).toEqual([]);
  expect(ended?.outcome).toBe('partial');
});

test('a member who has left is gone for the token of a plain member too', async () => {
  const { gone } = await later('members', owner, { ...member, ...hides('/members', 'dan') });
  expect(gone).toEqual(['person/4']);
});

test('the doctor says that an App was given some repositories alone', async () => {
  const chosen = vendor({ selection: 'selected' });
  const server = await serve(chosen);
  const config = github.config.parse(chosen.settings(server.origin));
  const streams = { repositories: github.streams['repositories'] as Stream<unknown> };
  const plan = { id: 'github:x', connector: { ...github, streams } as Connector, config };
  const ports = collectPorts({ readSecret: secretReader(chosen.env) });
  const { streams: told } = await tryOut(plan, ports, (text) => text);
  await server.close();
  expect(told).toMatchObject([{ ok: true, doubt: expect.stringContaining('install it for all') as unknown }]);
});
