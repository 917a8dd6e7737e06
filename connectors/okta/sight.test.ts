import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Store } from '../../src/core/ports.ts';
import { readLive } from '../../test/helpers/live.ts';
import { vendor, type Otherwise } from '../../test/vendors/okta.ts';
import { appId, tokenId, userId } from '../../test/vendors/okta/organisation.ts';
import { okta } from './index.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ memory: true });
});
afterEach(() => store.close());

const ports = { limits: () => [{ requests: 1_000, per: 1_000 }] };
const read = (otherwise: Otherwise) => readLive(okta, vendor(otherwise), { store, ports });

/** One of each list, as for an administrator of some groups, apps or resources. */
const hidden = [userId(1), appId(1), tokenId(1)];
const hides = (path: string, id: string): boolean =>
  /^\/api\/v1\/(?:users|apps|api-tokens)$/.test(path) && hidden.includes(id);
const lists = ['users', 'apps', 'api-tokens'];

/** What is not on the roll any more after a second read, and how that one ended for each list. */
async function later(before: Otherwise, after: Otherwise) {
  const { records: first } = await read(before);
  const { records, coverage } = await read({ ...after, hides });
  const ended = coverage.filter(({ stream }) => lists.includes(stream));
  return { gone: [...first.keys()].filter((key) => !records.has(key)), ended };
}

test.each<[string, Otherwise, Otherwise]>([
  ['of a custom role that is limited to some resources', {}, { roles: ['CUSTOM'] }],
  ['of an API token whose administrator has some groups left', { token: true }, { token: true, roles: ['USER_ADMIN'] }],
  ['that is shown neither its role nor the organisation', {}, { roles: 'refused', refused: '/api/v1/org' }],
])('nothing is gone because a credential %s is shown a part', async (_, before, after) => {
  const { gone, ended } = await later(before, after);
  expect(gone).toEqual([]);
  expect(ended.map(({ outcome }) => outcome)).toEqual(['partial', 'partial', 'partial']);
  const people = ended.find(({ stream }) => stream === 'users');
  expect(people?.detail).toMatch(/may still be there: .* give it Read-Only Administrator/);
});

test.each<[string, Otherwise]>([
  ['by its role', {}],
  ['by the role of its administrator', { token: true }],
])('what was deleted is gone for a credential that sees all %s', async (_, otherwise) => {
  const { gone } = await later(otherwise, otherwise);
  const deleted = [`person/${userId(1)}`, `identity/app/${appId(1)}`, `credential/api-token/${tokenId(1)}`];
  expect(gone).toEqual(expect.arrayContaining(deleted));
});

test('who was deleted is gone for a credential that is shown the organisation, though not its own role', async () => {
  const { gone } = await later({ roles: 'refused' }, { roles: 'refused' });
  expect(gone).toContain(`person/${userId(1)}`);
});
