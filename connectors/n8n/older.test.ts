import { describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { readLive, type LiveOptions } from '../../test/helpers/live.ts';
import { vendor, type Version } from '../../test/vendors/n8n.ts';
import { n8n } from './index.ts';

const limits = () => [{ requests: 10_000, per: 1_000 }];

/** What was read of an n8n of this version, with everything that was set aside. */
async function read(version: Version | undefined, options: LiveOptions = {}) {
  const store = await openStore({ memory: true });
  const made = vendor(version === undefined ? {} : { version });
  const found = await readLive(n8n, made, { ports: { limits }, ...options, store });
  const spots: string[] = [];
  for await (const page of store.coverage.blindSpots())
    spots.push(...page.map(({ subject, reason, expected }) => `${subject} ${reason}${expected ? ', expected' : ''}`));
  await store.close();
  const ends = Object.fromEntries(found.coverage.map(({ stream, outcome, reason }) => [stream, reason ?? outcome]));
  return { ...found, spots, ends };
}

const everything = {
  'own-access': 'complete',
  instance: 'complete',
  users: 'complete',
  projects: 'complete',
  credentials: 'complete',
  variables: 'complete',
  workflows: 'complete',
  'community-packages': 'complete',
};

test('n8n 2.30 does not list versions: workflows are read to their end, and that nobody searched those is told', async () => {
  const { ends, spots, records, requests } = await read('2.30');
  expect(ends).toMatchObject({
    ...everything,
    'workflow-versions': 'not-supported',
    'source-control': 'not-supported',
  });
  expect(spots).toEqual(['versions of workflows not-supported, expected']);
  expect(records.get('workflow/workflows/wfLeave0000000001')).toMatchObject({
    state: 'active',
    gaps: { versions: 'not-supported' },
  });
  expect(requests.filter(({ path }) => path.endsWith('/history')).length).toBeLessThanOrEqual(3);
});

test('n8n 1.123 tells neither scopes nor credentials nor members: what it has is read, the rest is told', async () => {
  const { ends, spots, records } = await read('1.123');
  expect(ends).toMatchObject({
    ...everything,
    credentials: 'not-supported',
    'community-packages': 'not-supported',
    'workflow-versions': 'not-supported',
  });
  expect(spots).toContain('members of projects not-supported, expected');
  expect(records.get('container/n8n:project:prFinance00000001')).toMatchObject({ gaps: { admins: 'not-supported' } });
  expect(records.get('identity/rollcall')?.tags).toBeUndefined();
});

test('n8n 1.70 cannot leave pinned data out: its workflows are not asked for, and everything else is read', async () => {
  const { ends, spots, requests } = await read('1.70');
  expect(ends).toMatchObject({ users: 'complete', instance: 'complete', workflows: 'partial' });
  expect(spots).toContain('workflows not-supported');
  const asked = requests.filter(({ path }) => path.includes('/workflows'));
  expect(asked.map(({ query }) => query.get('excludePinnedData'))).toEqual(asked.map(() => 'true'));
});

test('what an older n8n does not list is not gone', async () => {
  const store = await openStore({ memory: true });
  const first = await readLive(n8n, vendor(), { ports: { limits }, store });
  const later = await readLive(n8n, vendor({ version: '1.123' }), { ports: { limits }, store });
  await store.close();
  const lists = ({ records }: typeof first) => [...records.keys()].filter((key) => key.startsWith('credential/Cred'));
  expect(lists(first)).toHaveLength(5);
  expect(lists(later)).toEqual(lists(first));
});

describe('at the door of an older n8n', () => {
  const refusal = async (version: Version | undefined, tamper: LiveOptions['tamper']) =>
    (await read(version, { ...(tamper && { tamper }) })).coverage.find(({ stream }) => stream === 'workflows');

  test('a key that is not taken is a wrong key', async () => {
    const found = await refusal('1.123', ({ path }, answer) =>
      path.endsWith('/workflows') ? { status: 401, json: { message: 'unauthorized' } } : answer,
    );
    expect(found).toMatchObject({ outcome: 'failed', reason: 'auth' });
  });

  test('a key that may not list workflows is taken', async () => {
    const found = await read('1.123', {
      tamper: ({ path }, answer) =>
        path.endsWith('/workflows') ? { status: 403, json: { message: 'Forbidden' } } : answer,
    });
    expect(found.ends).toMatchObject({ users: 'complete', workflows: 'permission' });
  });

  test.each([
    ['that knows nothing of n8n', { status: 404, text: 'nothing here' }],
    ['whose router knows no such thing', { status: 404, json: { message: 'not found' } }],
  ])('an address %s is the wrong one', async (_, answer) => {
    expect(await refusal(undefined, () => answer)).toMatchObject({
      outcome: 'failed',
      reason: 'not-found',
      detail: expect.stringContaining('is it the address of n8n, N8N_PATH included'),
    });
  });
});
