import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { NOW, readLive, recordsIn } from '../../test/helpers/live.ts';
import { madeUp, vendor } from '../../test/helpers/made-up-platform.ts';
import { serve } from '../../test/helpers/vendor.ts';
import { DAY } from '../core/time.ts';
import type { Store } from '../core/ports.ts';
import { secretReader } from '../secrets/read-secret.ts';
import type { Access } from '../sdk/connector.ts';
import { tryOut } from './trial.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ memory: true });
});
afterEach(() => store.close());

const accessed = (access: Partial<Access>) => ({
  ...madeUp,
  probe: async () => ({ account: 'Acme', granted: 'unknown' as const, ...access }),
});

describe('what Rollcall itself reads with', () => {
  test('is on the roll, with what is known of it', async () => {
    const own = accessed({
      granted: ['teams:read', 'keys:read'],
      expiresAt: NOW + DAY,
      canWrite: ['keys:write'],
      type: 'pat',
    });
    await readLive(own, vendor(), { store });
    const records = await recordsIn(store);
    expect(records.get('credential/rollcall')).toMatchObject({
      name: "Rollcall's own access to Made-up platform",
      type: 'pat',
      store: 'platform',
      expiresAt: NOW + DAY,
      scopes: ['teams:read', 'keys:read'],
    });
    expect(records.get('identity/rollcall')).toMatchObject({
      type: 'integration',
      status: 'active',
      tags: ['can-write'],
    });
  });

  test('is on the roll once, where the platform lists who it signs in as', async () => {
    await readLive(accessed({ identity: 'app/7', canWrite: ['keys:write'] }), vendor(), { store });
    const records = await recordsIn(store);
    expect(records.has('identity/rollcall')).toBe(false);
    expect(records.get('credential/rollcall')).toMatchObject({
      tags: ['can-write'],
      links: [{ rel: 'authenticates', kind: 'identity', id: 'app/7' }],
    });
  });

  test('is no parent that a stream asks the platform about', async () => {
    const parents: string[] = [];
    const uses: (typeof madeUp.streams)[string] = {
      title: 'What keys are used by',
      emits: [],
      operations: [],
      requires: [],
      after: ['keys'],
      absence: 'means-gone',
      async *pages(ctx) {
        for (const kind of ['credential', 'identity'] as const)
          for await (const { id } of ctx.parents(kind)) parents.push(id);
        yield { items: [] };
      },
    };
    await readLive({ ...madeUp, streams: { ...madeUp.streams, uses } }, vendor(), { store });
    expect(parents).toHaveLength(15);
    expect(parents).not.toContain('rollcall');
  });
});

test('a secret that is not where the configuration says fails the source, and names the place', async () => {
  const { coverage } = await readLive(madeUp, { ...vendor(), env: {} }, { store });
  expect(coverage.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
    { stream: 'teams', outcome: 'failed', reason: 'config', detail: 'env:MADE_UP_TOKEN is empty or not set' },
    { stream: 'keys', outcome: 'failed', reason: 'config' },
  ]);
});

test('a stream that is slowed down goes on behind its last page at the next scan', async () => {
  let slow = true;
  const asked: string[] = [];
  const tamper: NonNullable<Parameters<typeof readLive>[2]>['tamper'] = ({ path, query }, answer) => {
    if (path === '/teams') asked.push(query.get('cursor') ?? 'first');
    return slow && query.get('cursor') === '2' ? { status: 429, headers: { 'retry-after': '3600' } } : answer;
  };
  const { coverage } = await readLive(madeUp, vendor(), { store, tamper });
  expect(coverage.find(({ stream }) => stream === 'teams')).toMatchObject({
    outcome: 'partial',
    reason: 'rate-limited',
    items: 2,
  });
  slow = false;
  asked.length = 0;
  const again = await readLive(madeUp, vendor(), { store, tamper });
  expect(again.coverage.find(({ stream }) => stream === 'teams')).toMatchObject({ outcome: 'complete', items: 5 });
  expect(asked).toEqual(['2', '4']);
});

describe('pages with a version', () => {
  const teamsAsked = async (tamper?: NonNullable<Parameters<typeof readLive>[2]>['tamper'], version = 'test') => {
    const statuses: number[] = [];
    const ports = {
      version,
      asked: (_: string, { route }: { route: string }, status: number) =>
        void (route === 'GET /teams' && statuses.push(status)),
    };
    const { coverage } = await readLive(madeUp, vendor(), { store, ports, ...(tamper && { tamper }) });
    return { statuses, teams: coverage.find(({ stream }) => stream === 'teams') };
  };

  test('are asked for changes, and what they held stays on the roll', async () => {
    expect((await teamsAsked()).statuses).toEqual([200, 200, 200]);
    const again = await teamsAsked();
    expect(again.statuses).toEqual([304, 304, 304]);
    expect(again.teams).toMatchObject({ outcome: 'complete', items: 5 });
    expect([...(await recordsIn(store)).keys()].filter((key) => key.startsWith('container/'))).toHaveLength(5);
  });

  test('are read anew by another version of this program', async () => {
    await teamsAsked();
    expect((await teamsAsked(undefined, 'newer')).statuses).toEqual([200, 200, 200]);
  });

  test('are read anew when something on them could not be read', async () => {
    await teamsAsked((request, answer) =>
      request.path === '/teams' && !request.query.has('cursor')
        ? { ...answer, json: { teams: [{ id: 't0' }, { id: 't1', name: 'Team 1' }], next: '2' } }
        : answer,
    );
    expect((await teamsAsked()).statuses).toEqual([200, 304, 304]);
  });

  test('are read anew when one of their records has gone', async () => {
    await teamsAsked();
    const gone = await teamsAsked((request, answer) =>
      request.path === '/teams' && !request.query.has('cursor')
        ? { json: { teams: [{ id: 't1', name: 'Team 1' }], next: '2' }, headers: { etag: '"other"' } }
        : answer,
    );
    expect(gone.statuses).toEqual([200, 304, 304]);
    expect((await recordsIn(store)).has('container/t0')).toBe(false);
    expect((await teamsAsked()).statuses).toEqual([200, 304, 304]);
    expect((await recordsIn(store)).has('container/t0')).toBe(true);
  });
});

test('a trial reads the first page of each stream, and says what to grant', async () => {
  const at = vendor();
  const server = await serve(at, ({ path }, answer) => (path.endsWith('/keys') ? { status: 403, json: {} } : answer));
  const source = {
    id: 'made-up:test',
    connector: accessed({}),
    config: madeUp.config.parse(at.settings(server.origin)),
  };
  const ports = { clock: () => NOW, signal: new AbortController().signal, readSecret: secretReader(at.env) };
  const { streams } = await tryOut(source, ports, (text) => text);
  expect(streams).toMatchObject([
    { stream: 'teams', ok: true },
    { stream: 'keys', ok: false, reason: 'permission', grant: [{ scope: 'keys:read' }] },
  ]);
  await server.close();
});

test('a first look that takes too long says so, and is no fault of the program', async () => {
  const over = new AbortController();
  const at = vendor();
  const server = await serve(at, (_, answer) => {
    over.abort(new DOMException('late', 'TimeoutError'));
    return answer;
  });
  const source = {
    id: 'made-up:test',
    connector: accessed({}),
    config: madeUp.config.parse(at.settings(server.origin)),
  };
  const ports = { clock: () => NOW, signal: over.signal, readSecret: secretReader(at.env) };
  const { streams } = await tryOut(source, ports, (text) => text);
  expect(streams[0]).toMatchObject({ stream: 'teams', ok: false, reason: 'interrupted' });
  await server.close();
});
