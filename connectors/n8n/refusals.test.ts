import { describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { readLive, type LiveOptions } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/n8n.ts';
import { n8n } from './index.ts';

const limits = () => [{ requests: 10_000, per: 1_000 }];
const read = (options: LiveOptions = {}) => readLive(n8n, vendor(), { ports: { limits }, ...options });

describe('a workflow that is not given', () => {
  const leave = 'wfLeave0000000001';
  const path = `/api/v1/workflows/${leave}`;

  test.each([
    ['is closed to the key', { status: 403, json: { message: 'Forbidden' } }],
    ['has gone since it was listed', { status: 404, json: { message: 'Not Found' } }],
    ['has another form', { json: { id: leave, name: 7 } }],
  ])('because it %s is told, and the others are read', async (_, answer) => {
    const { coverage, records } = await read({ tamper: (request, usual) => (request.path === path ? answer : usual) });
    expect(coverage.find(({ stream }) => stream === 'workflows')).toMatchObject({ outcome: 'partial', quarantined: 1 });
    expect(records.has(`workflow/workflows/${leave}`)).toBe(false);
    expect([...records.keys()].filter((key) => key.startsWith('workflow/'))).toHaveLength(4);
  });

  test('is not gone for that', async () => {
    const store = await openStore({ memory: true });
    await read({ store });
    const refused = { status: 403, json: { message: 'Forbidden' } };
    const { records } = await read({ store, tamper: (request, usual) => (request.path === path ? refused : usual) });
    expect(records.has(`workflow/workflows/${leave}`)).toBe(true);
    await store.close();
  });
});

test('a run of another workflow says nothing of when this one ran', async () => {
  const { coverage } = await read({
    tamper: ({ path }, usual) =>
      path.endsWith('/executions')
        ? { json: { data: [{ workflowId: 'another', startedAt: '2026-05-30T08:00:00.000Z' }], nextCursor: null } }
        : usual,
  });
  expect(coverage.find(({ stream }) => stream === 'workflows')).toMatchObject({ outcome: 'failed', reason: 'schema' });
});

test.each([
  [{ startedAt: '2026-05-30T08:00:00.000Z', stoppedAt: '2026-05-30T09:00:00.000Z' }, Date.UTC(2026, 4, 30, 8)],
  // It waited for its turn, and was cancelled.
  [{ startedAt: null, stoppedAt: '2026-05-30T09:00:00.000Z' }, Date.UTC(2026, 4, 30, 9)],
])('when it last ran, by its newest run: %j', async (run, at) => {
  const { records } = await read({
    tamper: ({ path, query }, usual) =>
      path.endsWith('/executions')
        ? { json: { data: [{ workflowId: query.get('workflowId'), ...run }], nextCursor: null } }
        : usual,
  });
  const runs = [...records.values()].flatMap((each) => (each.kind === 'workflow' ? [each.lastRunAt] : []));
  expect(new Set(runs)).toEqual(new Set([at]));
});

test('a credential is its owner’s alone, or of a whole project', async () => {
  const { records } = await read();
  const shared = (id: string) => {
    const record = records.get(`credential/${id}`);
    return record?.kind === 'credential' ? record.sharedWith : undefined;
  };
  expect(shared('CredHr0000000001')).toEqual({ reach: 'private' });
  expect(shared('CredDb0000000001')).toMatchObject({ reach: 'some' });
});
