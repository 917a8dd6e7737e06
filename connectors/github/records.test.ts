import { beforeAll, describe, expect, test } from 'vitest';
import { read } from '../../test/helpers/github.ts';
import type { LiveRead } from '../../test/helpers/live.ts';
import { github } from './index.ts';

describe('what a record says', () => {
  let records: LiveRead['records'];
  const of = (key: string) => records.get(key);
  const named = (name: string) => [...records.values()].find((each) => each.name === name);
  beforeAll(async () => {
    ({ records } = await read(Object.keys(github.streams).filter((id) => id !== 'workflows')));
  });

  test('a deploy key: whether it is in use, may write, and who added it', () => {
    expect(of('credential/deploy-key/801')).toMatchObject({
      status: 'active',
      scopes: ['contents: read'],
      lastUsedAt: 'never',
      key: { algorithm: 'ssh-rsa', bits: 2_048 },
      attributions: [{ rel: 'created-by', who: { login: 'dan' } }],
    });
    expect(of('credential/deploy-key/802')).toMatchObject({ status: 'inactive', scopes: ['contents: write'] });
    expect(of('credential/deploy-key/802')?.attributions ?? []).toEqual([]);
  });

  test('people: owners, outsiders, machines, and those whom the directory took away', () => {
    expect(of('person/1')).toMatchObject({ admin: true, logins: ['ann'], status: 'active' });
    expect(of('person/1')).not.toHaveProperty('type');
    expect(of('person/1')).not.toHaveProperty('external');
    expect(of('person/2')).toMatchObject({ admin: false });
    expect(of('person/6')).toMatchObject({ type: 'bot' });
    expect(of('person/9')).toMatchObject({ external: true });
    expect(of('person/team/11')).toMatchObject({ type: 'group', logins: ['acme/platform'], members: ['ann', 'ben'] });
    expect(of('person/scim/s1')).toMatchObject({ name: 'Ann', status: 'active', emails: ['ann@acme.example'] });
    expect(of('person/scim/s2')).toMatchObject({ name: 's2', status: 'active' });
    expect(of('person/scim/s3')).toMatchObject({ status: 'deprovisioned', logins: ['old@acme.example'] });
  });

  test('an App: what it may do, and in how much', () => {
    expect(of('identity/installation/501')).toMatchObject({
      reach: 'all',
      admin: false,
      scopes: ['contents: write', 'metadata: read'],
    });
    expect(of('identity/installation/502')).toMatchObject({
      status: 'active',
      reach: 'some',
      scopes: ['administration: write'],
    });
  });

  test('a credential of single sign-on: by its title, and with scopes where it can have any', () => {
    expect(of('credential/sso-authorisation/1')).toMatchObject({
      name: 'jenkins',
      status: 'active',
      scopes: ['repo', 'admin:org'],
      attributions: [{ rel: 'owned-by', who: { login: 'dan' } }],
    });
    const key = of('credential/sso-authorisation/2');
    expect(key).toMatchObject({ name: 'laptop', status: 'active', key: { thumbprint: 'made-up' } });
    for (const field of ['scopes', 'legacy', 'masked', 'admin']) expect(key).not.toHaveProperty(field);
    expect(of('credential/sso-authorisation/3')).toMatchObject({ name: 'OAuth app token of eve' });
    expect(of('credential/sso-authorisation/3')).not.toHaveProperty('legacy');
  });

  test('a webhook: how its receiver knows GitHub, and whether it is on', () => {
    expect(of('endpoint/webhook/701')).toMatchObject({ authentication: 'none', state: 'active', reach: 'all' });
    // The address holds a key.
    expect(of('endpoint/webhook/701')?.matches).toHaveLength(1);
    expect(of('endpoint/webhook/702')).toMatchObject({ authentication: 'signature', state: 'inactive' });
  });

  test('a runner: there or not, whose machine it is, and for how long', () => {
    const tags = ['self-hosted', 'linux', 'long-lived', 'gpu'];
    expect(named('big-box')).toMatchObject({ status: 'active', tags });
    // It may be back tomorrow.
    expect(named('old-box')).toMatchObject({ status: 'unknown', tags });
    expect(named('old-box')).not.toHaveProperty('component.version');
  });

  test('a registry: with a stored key or without one, for all repositories or some', () => {
    expect(named('NPM')).toMatchObject({ authentication: 'api-key', sharedWith: { reach: 'everyone' } });
    expect(named('PIP')).toMatchObject({ authentication: 'managed-identity', sharedWith: { reach: 'some' } });
  });

  test('a repository: in the archive or not, and whom its property names, by address or login', () => {
    expect(of('container/repository/101')).not.toHaveProperty('tags');
    expect(of('container/repository/102')).toMatchObject({ tags: ['archived'] });
    expect(of('container/repository/103')?.attributions).toMatchObject([
      { rel: 'owned-by', who: { email: 'dan@acme.example' }, basis: 'tag' },
      { rel: 'owned-by', who: { login: 'eve' }, basis: 'tag' },
    ]);
  });

  test('a leak: since when, and where in which file', () => {
    expect(of('credential/secret-scanning/103/1')).toMatchObject({
      leak: { at: Date.UTC(2024, 1, 1, 9) },
      at: { path: 'acme/data/load.py', line: 12 },
    });
    expect(of('credential/secret-scanning/103/3')).toMatchObject({ at: { path: 'acme/data' } });
  });
});
