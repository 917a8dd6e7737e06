import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../db/open.ts';
import { readLive, type LiveOptions, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/aws.ts';
import type { AnyRecord } from '../../src/sdk/index.ts';
import { aws } from './index.ts';

/** Every stream loads and builds clients of the SDK. */
const SLOW = 60_000;
vi.setConfig({ testTimeout: SLOW });
const limits = () => [{ requests: 10_000, per: 1_000, concurrency: 4 }];
const made = ['users', 'access-keys', 'roles', 'certificates', 'secrets', 'parameters'];
const read = (options: LiveOptions = {}, ids = made): Promise<LiveRead> => {
  const streams = Object.fromEntries(Object.entries(aws.streams).filter(([id]) => ids.includes(id)));
  return readLive({ ...aws, streams }, vendor(), { ...options, ports: { limits } });
};
const lookups = ({ requests }: LiveRead): string[] =>
  requests.filter(({ headers }) => headers.get('x-amz-target')?.endsWith('.LookupEvents')).map(({ body }) => body);

describe('who made it', () => {
  let whole: LiveRead;
  const makersOf = (name: string | RegExp): unknown => {
    const found = [...whole.records.values()].find((each: AnyRecord) =>
      typeof name === 'string' ? each.name === name : name.test(each.name),
    );
    return found?.attributions?.filter(({ rel }) => rel === 'created-by') ?? [];
  };
  beforeAll(async () => {
    whole = await read();
  }, SLOW);

  test('a person of single sign-on, by the name of the session or by their id', () => {
    expect(makersOf('reporter')).toEqual([
      {
        rel: 'created-by',
        who: { login: 'dora' },
        basis: 'audit-log',
        at: Date.UTC(2026, 3, 2, 10),
        evidence: 'CreateUser',
      },
    ]);
    // The program's session has a name too, which is nobody's.
    expect(makersOf('shared/partner')).toEqual([expect.objectContaining({ who: { id: 'user-dora' } })]);
    expect(makersOf('imported.acme.example')).toMatchObject([
      { who: { login: 'dora' }, evidence: 'ImportCertificate' },
    ]);
  });

  test('an IAM user at the console, who may have switched roles there, and a session that is named after an address', () => {
    expect(makersOf('deploys-from-github')).toMatchObject([{ who: { login: 'bob' }, evidence: 'CreateRole' }]);
    expect(makersOf(/^Access key .* of reporter$/)).toMatchObject([{ who: { id: 'AIDABOB', login: 'bob' } }]);
    // With a second factor it is no program either.
    expect(makersOf('key-giver')).toMatchObject([{ who: { id: 'AIDABOB', login: 'bob' } }]);
    expect(makersOf('vendor')).toMatchObject([{ who: { email: 'ada@acme.example' }, evidence: 'CreateRole' }]);
  });

  test('whoever wrote the first version of a parameter made it', () => {
    expect(makersOf('/shop/apiKey')).toMatchObject([{ who: { login: 'dora' }, evidence: 'PutParameter' }]);
  });

  test('programs, the root user, calls that failed and things of the same name before name nobody', () => {
    const nobodys = ['idle', 'lambda', 'sandbox', 'shop/old', '/shop/database'];
    expect(nobodys.map(makersOf)).toEqual([[], [], [], [], []]);
  });

  test('each kind is asked for once, of 90 days, in the region that keeps its history', () => {
    const asked = lookups(whole).filter((body) => body.includes('CreateUser'));
    expect(asked.length).toBe(1);
    expect(JSON.parse(asked[0] ?? '')).toMatchObject({ StartTime: expect.closeTo(Date.UTC(2026, 2, 3) / 1_000, -1) });
  });
});

test('without the permission that is a blind spot, and the records are read', async () => {
  const { coverage, records } = await read(
    {
      tamper: (request, usual) =>
        request.headers.get('x-amz-target')?.endsWith('.LookupEvents') === true
          ? { status: 400, json: { __type: 'AccessDeniedException' } }
          : usual,
    },
    ['users'],
  );
  expect(coverage.find(({ stream }) => stream === 'users')).toMatchObject({ outcome: 'partial', quarantined: 1 });
  expect([...records.values()].find(({ name }) => name === 'reporter')).toMatchObject({ kind: 'identity' });
});

test('an event that cannot be understood names nobody, and is told', async () => {
  const store = await openStore({ memory: true });
  const tamper: LiveOptions['tamper'] = (request, usual) =>
    request.body.includes('CreateUser')
      ? { json: { Events: [{ EventId: '1', EventTime: 1, CloudTrailEvent: 'not JSON' }] } }
      : usual;
  const { coverage } = await read({ store, tamper }, ['users']);
  expect(coverage.find(({ stream }) => stream === 'users')).toMatchObject({ outcome: 'complete' });
  const spots: { subject: string; reason: string }[] = [];
  for await (const page of store.coverage.blindSpots()) spots.push(...page);
  expect(spots).toContainEqual(
    expect.objectContaining({ subject: expect.stringContaining('event history'), reason: 'schema' }),
  );
  await store.close();
});

test('the history is left alone where it should be', async () => {
  const without = await read({ settings: { eventHistory: false } }, ['secrets', 'users']);
  expect(lookups(without)).toEqual([]);
  expect(without.coverage.find(({ stream }) => stream === 'secrets')).toMatchObject({ outcome: 'complete' });
});

test('a history without end is read as far as twenty pages, and no gap for that', async () => {
  let pages = 0;
  const { coverage, requests } = await read({
    tamper: (request, usual) => {
      if (!request.body.includes('CreateRole')) return usual;
      pages += 1;
      return {
        json: {
          Events: [{ EventId: String(pages), EventTime: pages, CloudTrailEvent: '{}' }],
          NextToken: String(pages),
        },
      };
    },
  });
  expect(requests.filter(({ body }) => body.includes('CreateRole'))).toHaveLength(20);
  expect(coverage.find(({ stream }) => stream === 'roles')).toMatchObject({ outcome: 'complete' });
});
