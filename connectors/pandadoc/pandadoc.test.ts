import { expect, test } from 'vitest';
import { seeded } from '../../scanners/secrets/samples.ts';
import { readLive } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/pandadoc.ts';
import { pandadoc } from './index.ts';

const ports = { limits: () => [{ requests: 10_000, per: 1_000 }] };
const { records, requests } = await readLive(pandadoc, vendor(), { ports });
const named = (name: string, from = records) => [...from.values()].find((record) => record.name === name);

test('a removed user has left, a blocked one is suspended', () => {
  expect(named('Ada Example')).toMatchObject({ status: 'active', admin: true });
  expect(named('Bo Example')).toMatchObject({ status: 'deprovisioned', emails: ['bo@acme.example'] });
  expect(named('Eve Example')).toMatchObject({ status: 'suspended', admin: false });
  expect(named('dee@acme.example')).toMatchObject({ status: 'active' });
});

test('without an administrator’s key the members of the workspace are people all the same', async () => {
  const refused = await readLive(pandadoc, vendor(), {
    ports,
    tamper: (request, answer) => (request.path === '/public/v1/users' ? { status: 403, json: {} } : answer),
  });
  expect(named('Eve Example', refused.records)).toMatchObject({ status: 'suspended' });
  expect(refused.coverage).toContainEqual(expect.objectContaining({ stream: 'users', reason: 'permission' }));
});

test('a webhook tells whether its events arrive, and that its key can be read again', () => {
  expect(named('To the CRM')).toMatchObject({ delivery: 'working', host: 'crm.acme.example', signed: true });
  expect(named('To the CRM')?.matches).toHaveLength(1);
  expect(named('Given up')).toMatchObject({ delivery: 'stopped', state: 'inactive', payload: 'unknown' });
  expect(named('Shared key of To the CRM')).toMatchObject({ retrievable: true, type: 'webhook-secret' });
  const twins = [...records.values()].filter(({ kind, name }) => kind === 'endpoint' && name === 'Twice');
  expect(twins.map(({ gaps }) => gaps?.['lastUsedAt'])).toEqual(['not-supported', 'not-supported']);
  expect([...records.values()].filter(({ name }) => name === 'Shared key of Twice')).toHaveLength(1);
  // What has no key cannot sign.
  expect(twins.filter((twin) => 'signed' in twin)).toHaveLength(1);
});

test('a key in use is a credential of its user, once for production and once for the sandbox', () => {
  const keys = [...records.values()].filter(({ name }) => name === 'API key of bo@acme.example');
  expect(new Set(keys.map(({ environment }) => environment))).toEqual(new Set(['production', 'test']));
  expect(keys).toHaveLength(2);
  for (const key of keys) {
    expect(key).toMatchObject({ type: 'api-key', attributions: [{ rel: 'owned-by', basis: 'audit-log' }] });
    expect(key.matches).toHaveLength(1);
  }
  // The same key in both: one secret.
  expect(new Set(keys.flatMap(({ matches = [] }) => matches.map(({ fingerprint }) => fingerprint))).size).toBe(1);
});

test('an application is known by its tokens, and a masked key is no secret', () => {
  expect(named('CRM bridge')).toMatchObject({ type: 'oauth-app', lastUsedAt: Date.UTC(2026, 4, 2, 8, 30) });
  const tokens = [...records.values()].filter(({ name }) => name === 'Token of CRM bridge for cy@acme.example');
  expect(tokens.flatMap(({ matches = [] }) => matches)).toHaveLength(1);
  expect(tokens).toHaveLength(2);
});

test('opens no more entries of the log than it was told to', () => {
  expect(requests.filter(({ path }) => path.startsWith('/public/v2/logs/')).length).toBeLessThanOrEqual(12);
  expect(requests.filter(({ path }) => path === '/public/v2/logs').length).toBe(3);
});

test('a template has its maker, and its texts are searched', () => {
  expect(named('Template 1')).toMatchObject({ attributions: [{ rel: 'created-by', basis: 'creator-field' }] });
  expect(named('Template 1')?.matches).toHaveLength(1);
  expect(named('Template 4')?.attributions ?? []).toEqual([]);
});

test('a template is on the roll whatever its maker put beside it, or nothing, and that is searched', async () => {
  const secret = seeded(4_711).alnum(32);
  const odd = [[{ crm_api_key: secret }], { deep: { crm_api_key: [secret] } }, 'four', null, undefined];
  const seen: string[] = [];
  const found = await readLive(pandadoc, vendor(), {
    ports,
    tamper: ({ path }, usual) => {
      const template = /\/templates\/(\w+)\/details$/.exec(path)?.[1];
      if (template === undefined) return usual;
      if (!seen.includes(template)) seen.push(template);
      const { tokens: _, ...details } = usual.json as Record<string, unknown>;
      return { json: { ...details, metadata: odd[seen.indexOf(template)] } };
    },
  });
  expect(found.coverage).toContainEqual(expect.objectContaining({ stream: 'templates', outcome: 'complete' }));
  const matches = seen.map((id) => found.records.get(`workflow/template/${id}`)?.matches?.length ?? 0);
  expect(matches).toEqual([1, 1, 0, 0, 0]);
  expect(JSON.stringify([...found.records.values()])).not.toContain(secret);
});
