import { expect, test } from 'vitest';
import { readLive, type LiveOptions } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/pandadoc.ts';
import { pandadoc } from './index.ts';

const ports = { limits: () => [{ requests: 10_000, per: 1_000 }] };

async function toTheCrm(tamper: NonNullable<LiveOptions['tamper']>) {
  const { records } = await readLive(pandadoc, vendor(), { ports, tamper });
  return [...records.values()].find(({ kind, name }) => kind === 'endpoint' && name === 'To the CRM');
}

const arrival = (hour: number, status: number | null, error: string | null = null) => ({
  name: 'To the CRM',
  error,
  http_status_code: status,
  delivery_time: `2026-05-04T0${hour}:00:00.000000Z`,
});
const told =
  (...items: readonly object[]): NonNullable<LiveOptions['tamper']> =>
  ({ path, query }, usual) =>
    path !== '/public/v1/webhook-events' ? usual : { json: { items: query.get('page') === '1' ? items : [] } };

test.each([
  ['arrives where it is answered so', [arrival(8, 204)], 'working'],
  ['fails where its receiver refuses it', [arrival(8, 500), arrival(7, 200)], 'failing'],
  ['fails where its receiver points elsewhere', [arrival(8, 300)], 'failing'],
  ['fails where nobody answers', [arrival(8, null, 'TIMEOUT_ERROR')], 'failing'],
  ['is what the newest event says, in whatever order they come', [arrival(7, 500), arrival(8, 200)], 'working'],
])('a webhook %s', async (_, events, delivery) => {
  const nameless = { ...arrival(9, 500), name: null };
  expect(await toTheCrm(told(nameless, ...events))).toMatchObject({ delivery, lastUsedAt: Date.UTC(2026, 4, 4, 8) });
});

test('an event without an answer says when, and not whether it arrived', async () => {
  const hook = await toTheCrm(told(arrival(8, null)));
  expect(hook).toMatchObject({ lastUsedAt: Date.UTC(2026, 4, 4, 8) });
  expect(hook).not.toHaveProperty('delivery');
});

test('where events may not be read nobody says that none was sent', async () => {
  const hook = await toTheCrm(({ path }, usual) =>
    path === '/public/v1/webhook-events' ? { status: 403, json: {} } : usual,
  );
  expect(hook).toMatchObject({ gaps: { lastUsedAt: 'denied', delivery: 'denied' } });
});
