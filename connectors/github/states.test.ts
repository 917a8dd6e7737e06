import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { read } from '../../test/helpers/github.ts';
import type { LiveOptions } from '../../test/helpers/live.ts';

/** The repository `site` in another state. */
function site(state: object): NonNullable<LiveOptions['tamper']> {
  return ({ path }, usual) => {
    if (!path.endsWith('/orgs/acme/repos') || !Array.isArray(usual?.json)) return usual;
    return {
      ...usual,
      json: (usual.json as { name: string }[]).map((each) => (each.name === 'site' ? { ...each, ...state } : each)),
    };
  };
}

test.each([
  ['by law', 451, { message: 'Repository access blocked', block: { reason: 'dmca' } }],
  ['by its own terms', 403, { message: 'Repository access blocked', block: { reason: 'tos' } }],
])('one repository that GitHub took down %s leaves the others readable', async (_, status, json) => {
  const tamper: LiveOptions['tamper'] = ({ path }, usual) =>
    /\/repos\/acme\/site\//.test(path) ? { status, json } : usual;
  const store = await openStore({ memory: true });
  const { records, outcome } = await read(['repositories', 'deploy-keys', 'workflows'], {}, { tamper, store });
  const spots = (await Array.fromAsync(store.coverage.blindSpots())).flat();
  await store.close();
  // It will be blocked the next time too: what vanishes beside it has to be seen.
  for (const stream of ['repositories', 'deploy-keys', 'workflows'])
    expect(outcome(stream)).toMatchObject({ outcome: 'complete' });
  // Nothing that could be granted, as `doctor` would have it of a permission.
  const detail = expect.stringMatching(/blocked/) as string;
  expect(spots).toMatchObject([{ subject: 'acme/site', reason: 'not-supported', detail }]);
  expect(records.get('container/repository/101')).toMatchObject({ policies: { blocked: true } });
  expect(records.get('container/repository/103')?.attributions).toHaveLength(2);
});

test('a repository that the list calls disabled is not asked anything', async () => {
  const { requests } = await read(['repositories', 'deploy-keys'], {}, { tamper: site({ disabled: true }) });
  expect(requests.filter(({ path }) => path.includes('/repos/acme/site/'))).toEqual([]);
});

test.each([
  ['by its list', site({ disabled: true })],
  [
    'by its refusals',
    (({ path }, usual) =>
      /\/repos\/acme\/site\//.test(path)
        ? { status: 403, json: { message: 'Repository access blocked', block: { reason: 'tos' } } }
        : usual) satisfies NonNullable<LiveOptions['tamper']>,
  ],
])('what a repository held before it was blocked stays as it was, told %s', async (_, tamper) => {
  const streams = [
    'repositories',
    'deploy-keys',
    'repository-webhooks',
    'actions-secrets',
    'environments',
    'environment-secrets',
    'workflows',
  ];
  const store = await openStore({ memory: true });
  const before = await read(streams, {}, { store });
  const { records, outcome } = await read(streams, {}, { store, tamper });
  await store.close();
  expect([...before.records.keys()].filter((key) => !records.has(key))).toEqual([]);
  for (const stream of streams) expect([stream, outcome(stream)?.outcome]).toEqual([stream, 'complete']);
});

test('what an environment holds is found in its repository too, whose owners answer for it', async () => {
  const { records } = await read(['repositories', 'environments', 'environment-secrets']);
  const links = records.get('credential/actions-secret/repository/101/environment/production/AWS_KEY')?.links;
  expect(links?.map(({ rel, id }) => [rel, id])).toEqual([
    ['contained-in', 'repository/101/environment/production'],
    ['contained-in', 'repository/101'],
  ]);
});

test('in an archived repository nothing runs, and nobody changes its branch', async () => {
  const { records, outcome } = await read(['repositories', 'workflows'], {}, { tamper: site({ archived: true }) });
  expect(records.get('workflow/61')).toMatchObject({ state: 'archived' });
  expect(records.get('workflow/63')).toMatchObject({ state: 'archived' });
  expect(records.has('container/repository/101/branch/main')).toBe(false);
  expect(outcome('workflows')).toMatchObject({ outcome: 'complete' });
});

test('a workflow without a file is the platform’s own; one whose file is elsewhere is not', async () => {
  const { records } = await read(['repositories', 'workflows']);
  expect(records.get('workflow/62')).toMatchObject({ builtIn: true, tags: ['run-by-platform'] });
  expect(records.get('workflow/63')).not.toHaveProperty('builtIn');
});

test('a workflow says that its repository is public', async () => {
  const { records } = await read(['repositories', 'workflows'], {}, { tamper: site({ visibility: 'public' }) });
  expect(records.get('workflow/61')?.tags).toContain('public-repository');
  const { records: own } = await read(['repositories', 'workflows']);
  expect(own.get('workflow/61')?.tags).not.toContain('public-repository');
});

test('since when a fine-grained token reaches the organisation', async () => {
  const tamper: LiveOptions['tamper'] = ({ path }, usual) =>
    path.endsWith('/personal-access-tokens') && Array.isArray(usual?.json)
      ? { ...usual, json: usual.json.map((each: object) => ({ ...each, access_granted_at: '2024-03-01T08:00:00Z' })) }
      : usual;
  const { records } = await read(['tokens'], {}, { tamper });
  expect(records.get('credential/personal-access-token/9001')).toMatchObject({
    attributions: [{ rel: 'owned-by', at: Date.UTC(2024, 2, 1, 8) }],
    gaps: { createdAt: 'not-supported' },
  });
});

test('a repository that was archived, or public, for a while is what it was before', async () => {
  const store = await openStore({ memory: true });
  const chosen = ['repositories', 'workflows'];
  const release = async (state: object) =>
    (await read(chosen, {}, { store, tamper: site(state) })).records.get('workflow/61');
  const before = await release({});
  for (const meanwhile of [{ archived: true }, { visibility: 'public' }]) {
    expect(await release(meanwhile)).not.toEqual(before);
    expect(await release({})).toEqual(before);
  }
  await store.close();
});

test('of a leak GitHub says whether it works; that people leave it does not switch it off', async () => {
  const told = [
    { number: 4, state: 'resolved', resolution: 'used_in_tests' },
    { number: 5, validity: 'inactive' },
    {
      number: 6,
      state: 'resolved',
      resolution: 'wont_fix',
      validity: 'unknown',
      multi_repo: true,
      push_protection_bypassed: false,
      push_protection_bypassed_by: null,
      assigned_to: { id: 3, login: 'cleo', type: 'User' },
    },
  ];
  const tamper: LiveOptions['tamper'] = ({ path }, usual) =>
    path.endsWith('/alerts') && Array.isArray(usual?.json)
      ? { json: told.map((each) => ({ ...(usual.json as object[])[0], ...each })) }
      : usual;
  const { records } = await read(['secret-scanning'], {}, { tamper });
  const leak = (number: number) => records.get(`credential/secret-scanning/103/${number}`);
  expect(leak(4)).toBeUndefined();
  expect(leak(5)).toMatchObject({ status: 'revoked' });
  expect(leak(6)).toMatchObject({
    status: 'unknown',
    tags: ['multi-repository', 'wont-fix'],
    attributions: [{ rel: 'operated-by', who: { login: 'cleo' } }],
  });
});
