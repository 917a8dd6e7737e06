import { expect, test } from 'vitest';
import { only, read } from '../../test/helpers/github.ts';
import type { LiveOptions } from '../../test/helpers/live.ts';
import { classify } from './classify.ts';

test('provisioned users are asked for in the type that SCIM has', async () => {
  const asked: (string | null)[] = [];
  const { outcome } = await read(
    ['provisioned-users'],
    {},
    {
      tamper: (request, usual) => {
        if (request.path.includes('/scim/')) asked.push(request.headers.get('accept'));
        return usual;
      },
    },
  );
  expect(outcome('provisioned-users')).toMatchObject({ outcome: 'complete' });
  expect(new Set(asked)).toEqual(new Set(['application/scim+json']));
});

test('a repository without an owner has no address: it is set aside, and the others are read', async () => {
  const tamper: LiveOptions['tamper'] = (request, usual) => {
    if (!request.path.endsWith('/repos') || !Array.isArray(usual?.json)) return usual;
    const [first, ...others] = usual.json as object[];
    return { ...usual, json: [{ ...first, owner: null }, ...others] };
  };
  const { outcome } = await read(['repositories'], {}, { tamper });
  expect(outcome('repositories')).toMatchObject({ outcome: 'partial', quarantined: 2, items: 1 });
});

test('machines that GitHub runs are on the list of self-hosted ones, and are told apart', async () => {
  const label = (name: string) => ({ id: 0, name, type: 'read-only' });
  const runners = [
    { id: 1, name: 'ubuntu-24.04-8core_0a1b', os: 'Ubuntu 24.04.1 LTS', status: 'online', busy: false, labels: [] },
    { id: 2, name: 'box', os: 'Linux', status: 'online', busy: true, labels: [label('self-hosted'), label('Linux')] },
    { id: 3, name: 'new', os: 'unknown', status: 'offline', busy: false, ephemeral: true, labels: [] },
  ];
  const tamper = only(/orgs\/acme\/actions\/runners$/, { json: { total_count: 3, runners } });
  const { records } = await read(['organisation-runners'], {}, { tamper });
  const tags = [1, 2, 3].map((id) => records.get(`identity/runner/organisation/${id}`)?.tags);
  // What nobody tells of how long they live is not told.
  expect(tags).toEqual([
    ['github-hosted', 'Ubuntu 24.04.1 LTS'],
    ['self-hosted', 'Linux'],
    ['self-hosted', 'unknown', 'ephemeral'],
  ]);
});

test('a leak’s path is one path, whether or not it begins with a stroke', async () => {
  const { records } = await read(
    ['secret-scanning'],
    {},
    {
      tamper: (request, usual) =>
        request.path.endsWith('/alerts')
          ? {
              ...usual,
              json: JSON.parse(JSON.stringify(usual.json).replaceAll('"load.py"', '"/in/load.py"')) as unknown,
            }
          : usual,
    },
  );
  expect(records.get('credential/secret-scanning/103/1')?.at).toMatchObject({ path: 'acme/data/in/load.py' });
});

test.each([
  ['admin:org_hook', 'repo', /it takes admin:org_hook/],
  ['repo', 'admin:org, repo', /the account that it belongs to/],
])('a refusal that takes %s, with %s, says what is missing', (wanted, has, words) => {
  const headers = new Headers({ 'x-accepted-oauth-scopes': wanted, 'x-oauth-scopes': has });
  expect(classify({ status: 403, headers, body: {} })?.message).toMatch(words);
});
