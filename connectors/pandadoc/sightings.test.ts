import { expect, test } from 'vitest';
import { note, recordsOf, type Sighting } from './sightings.ts';

const call = { token_type: 'OAUTH2_TOKEN', application: 'CRM', user_id: 'bo', user_email: 'bo@acme.example' };
const [early, late] = [Date.UTC(2026, 4, 1), Date.UTC(2026, 4, 2)];

test('one entry after the other makes a credential: refused now, it was accepted before; without a user or a token it is none', () => {
  const seen = new Map<string, Sighting>();
  const take = (more: object, refused = false) =>
    note(seen, 'PRODUCTION', { ...call, request_time: early, key: 'a'.repeat(40), ...more, refused });
  take({});
  take({ request_time: late, key: 'b'.repeat(40) }, true);
  take({ user_id: 'cy', user_email: null, request_time: late });
  take({ token_type: null });
  take({ user_id: null, user_email: null });
  take({ application: null, user_id: 'dee', user_email: '' }, true);
  expect(recordsOf(seen)).toMatchObject([
    { record: { name: 'CRM', lastUsedAt: late } },
    { record: { name: 'an unnamed application', gaps: { lastUsedAt: 'not-seen' } } },
    {
      record: { name: 'Token of CRM for bo@acme.example', status: 'active', lastUsedAt: early },
      contents: [{ tree: { key: 'a'.repeat(40) } }],
    },
    { record: { name: 'Token of CRM for cy' } },
    { record: { name: 'Token of an unnamed application for dee', status: 'unknown' } },
  ]);
});

test('a key stands for its user, the newest of several for all; a token for its application, too', () => {
  const seen = new Map<string, Sighting>();
  const [older, newer] = ['a', 'b'].map((letter) => letter.repeat(40));
  const take = (more: object) =>
    note(seen, 'SANDBOX', { ...call, request_time: early, token_type: 'API_KEY', ...more, refused: false });
  take({ key: older });
  take({ key: newer, request_time: late });
  take({ key: older });
  take({ user_id: null, user_email: 'eve@acme.example', request_time: undefined });
  take({ token_type: 'OAUTH2_TOKEN' });
  const grantedTo = { rel: 'granted-to', kind: 'person', id: 'bo' };
  const [application, key, unnamed, token] = recordsOf(seen).map(({ record }) => record);
  expect(application).toMatchObject({ kind: 'identity', name: 'CRM' });
  expect(key).toMatchObject({ type: 'api-key', environment: 'test', lastUsedAt: late, links: [grantedTo] });
  expect(recordsOf(seen)[1]?.contents).toMatchObject([{ tree: { key: newer } }]);
  expect(unnamed).toMatchObject({ name: 'API key of eve@acme.example', gaps: { lastUsedAt: 'not-seen' } });
  expect(unnamed).not.toHaveProperty('links');
  expect(token).toMatchObject({
    type: 'oauth-token',
    links: [grantedTo, { rel: 'authenticates', id: 'application/CRM' }],
  });
});
