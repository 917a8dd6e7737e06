import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { only, read } from '../../test/helpers/github.ts';
import type { LiveOptions, LiveRead } from '../../test/helpers/live.ts';
import { shaOf } from '../../test/vendors/github/changes.ts';

const streams = ['repositories', 'workflows'];
const refused = { status: 403, json: { message: 'Resource not accessible by integration' } };

function partsIn({ records }: LiveRead, id: string): (string | undefined)[][] {
  const made = records.get(`workflow/${id}`)?.attributions?.filter(({ rel }) => rel !== 'owned-by') ?? [];
  return made.map(({ rel, who, evidence }) => [rel, who.login ?? who.email, evidence]);
}

test('a workflow tells who built it, who approved its last change, and who let it in', async () => {
  const found = await read(streams);
  // Ann began it, on a page that is not asked for; a machine changed it last, and Dan has withdrawn what he said.
  expect(partsIn(found, '61')).toEqual([
    ['edited-by', 'cleo', `commit ${shaOf('faster').slice(0, 12)}`],
    ['reviewed-by', 'ben', 'pull request 12'],
    ['published-by', 'ann', 'pull request 12'],
  ]);
  expect(found.records.get('workflow/61')?.gaps).not.toHaveProperty('reviewed-by');
});

test('a push to the branch puts a change live that nobody reviewed', async () => {
  const found = await read(streams);
  const commit = `commit ${shaOf('push').slice(0, 12)}`;
  expect(partsIn(found, '64')).toEqual([
    ['created-by', 'dan', commit],
    ['edited-by', 'dan', commit],
    ['published-by', 'dan', `${commit}, pushed to the branch`],
  ]);
  expect(found.records.get('workflow/64')?.gaps).not.toHaveProperty('reviewed-by');
});

test.each([
  ['somebody else committed it', { login: 'ben', type: 'User' }, 'Ben', 'ben@acme.example', 'ben'],
  ['GitHub committed it for its author, in the browser', { login: 'web-flow' }, 'GitHub', 'noreply@github.com', 'dan'],
  ['a machine committed it', { login: 'release[bot]', type: 'Bot' }, 'release', 'r@acme.example', undefined],
])('a push puts live what its author wrote: %s', async (_, committer, name, email, by) => {
  const written = { name: 'Dan', email: 'dan@acme.example', date: '2026-03-01T09:00:00Z' };
  const commit = { author: written, committer: { name, email, date: '2026-03-02T09:00:00Z' } };
  const json = [{ sha: shaOf('push'), author: { login: 'dan', type: 'User' }, committer, commit }];
  const found = await read(streams, {}, { tamper: only(/\/commits$/, { json }) });
  const parts = partsIn(found, '64').map(([rel, who]) => [rel, who]);
  expect(parts.slice(0, 2)).toEqual([
    ['created-by', 'dan'],
    ['edited-by', 'dan'],
  ]);
  expect(parts.slice(2)).toEqual(by === undefined ? [] : [['published-by', by]]);
});

test('what a machine pushed nobody put live, and nobody reviewed', async () => {
  const commit = (name: string, login: string, type: string) => ({
    sha: shaOf(name),
    author: { login, type },
    commit: { author: { name: login, email: `${login}@acme.example`, date: '2026-03-01T09:00:00Z' } },
  });
  const json = [commit('bump', 'renovate[bot]', 'Bot'), commit('begin', 'dan', 'User')];
  const tamper: NonNullable<LiveOptions['tamper']> = (request, usual) => {
    if (request.path.endsWith('/commits')) return { json };
    return /\/commits\/\w+\/pulls$/.test(request.path) ? { json: [] } : usual;
  };
  const found = await read(streams, {}, { tamper });
  expect(partsIn(found, '64').map(([rel, who]) => [rel, who])).toEqual([
    ['created-by', 'dan'],
    ['edited-by', 'dan'],
  ]);
  expect(found.records.get('workflow/64')?.gaps).not.toHaveProperty('reviewed-by');
});

test('an address is kept where it is somebody’s own, and none that GitHub made up', async () => {
  const whole = only(/\/commits$/, {
    json: [{ sha: shaOf('begin'), author: null, commit: { author: { name: 'Ann', email: 'Ann@acme.example' } } }],
  });
  const found = await read(streams, {}, { tamper: whole });
  expect(found.records.get('workflow/64')?.attributions?.at(-1)?.who).toEqual({
    name: 'Ann',
    email: 'Ann@acme.example',
  });
  expect(JSON.stringify([...found.records.values()])).not.toContain('noreply');
});

test('without the right to see reviews nobody is said to have been left out, and they are read once it is there', async () => {
  const store = await openStore({ memory: true });
  const blind = await read(streams, {}, { store, tamper: only(/\/(?:pulls|reviews)/, refused) });
  expect(blind.outcome('workflows')).toMatchObject({ outcome: 'partial' });
  const named: string[] = [];
  for await (const page of store.coverage.blindSpots()) named.push(...page.map(({ subject }) => subject));
  expect(named).toEqual(['pull requests that changed workflows (pull_requests:read)']);
  expect(partsIn(blind, '61').map(([rel]) => rel)).toEqual(['edited-by']);
  expect(blind.records.get('workflow/61')?.gaps).toMatchObject({ 'reviewed-by': 'denied' });
  const granted = await read(streams, {}, { store });
  expect(granted.outcome('workflows')).toMatchObject({ outcome: 'complete' });
  expect(partsIn(granted, '61').map(([rel]) => rel)).toEqual(['edited-by', 'reviewed-by', 'published-by']);
  await store.close();
});

test('without the right to see commits the rest of the workflow is read', async () => {
  const found = await read(streams, {}, { tamper: only(/\/commits$/, refused) });
  expect(partsIn(found, '61')).toEqual([]);
  expect(found.records.get('workflow/61')).toMatchObject({ state: 'active', gaps: { 'reviewed-by': 'denied' } });
});

test('a change that was merged into another branch first was reviewed there, and no push', async () => {
  const json = [{ number: 12, merged_at: '2026-04-04T09:00:00Z', base: { ref: 'develop' } }];
  const found = await read(streams, {}, { tamper: only(/\/commits\/\w+\/pulls$/, { json }) });
  expect(partsIn(found, '61').map(([rel, who]) => [rel, who])).toEqual([
    ['edited-by', 'cleo'],
    ['reviewed-by', 'ben'],
  ]);
});

test('an approval by somebody whose account was deleted is an approval', async () => {
  const json = [{ user: null, state: 'APPROVED', submitted_at: '2026-04-03T09:00:00Z' }];
  const found = await read(streams, {}, { tamper: only(/\/reviews$/, { json }) });
  expect(partsIn(found, '61')).toContainEqual(['reviewed-by', 'ghost', 'pull request 12']);
});

test.each([/\/commits$/, /\/commits\/\w+\/pulls$/, /\/reviews$/])(
  'where an element of %s cannot be understood, nobody says that there was no review',
  async (path) => {
    const spoilt = (text: string): unknown => [
      { number: 'odd', sha: 1, state: null },
      ...(JSON.parse(text) as unknown[]),
    ];
    const found = await read(
      streams,
      {},
      {
        tamper: (request, answer) =>
          path.test(request.path) ? { ...answer, json: spoilt(JSON.stringify(answer.json)) } : answer,
      },
    );
    const parts = partsIn(found, '61').map(([rel]) => rel);
    expect(parts).toEqual(['edited-by']);
    expect(found.records.get('workflow/61')?.gaps).toMatchObject({ 'reviewed-by': 'denied' });
  },
);
