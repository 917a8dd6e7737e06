import { beforeAll, describe, expect, test } from 'vitest';
import { readLive, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/okta.ts';
import { appId, integrations, userId } from '../../test/vendors/okta/organisation.ts';
import { okta } from './index.ts';

describe('what signs in', () => {
  let records: LiveRead['records'];
  const named = (name: string) => [...records.values()].find((each) => each.name === name);
  const below = (id: string) =>
    [...records.values()].filter((each) => each.kind === 'credential' && each.id.startsWith(id));
  beforeAll(async () => {
    ({ records } = await readLive(okta, vendor(), { ports: { limits: () => [{ requests: 1_000, per: 1_000 }] } }));
  });

  test('a key stands for a private half that somebody keeps, and one that was switched off opens nothing', () => {
    const common = { type: 'private-key', store: 'unknown', tags: ['key:RSA', 'use:sig'] };
    expect(named('Key payroll-1 of Payroll sync')).toMatchObject({ ...common, status: 'active' });
    expect(named('Key payroll-2 of Payroll sync')).toMatchObject({ ...common, status: 'inactive' });
    expect(below(`app/${appId(1)}/`)).toHaveLength(2);
    // It signs in with a secret, and has no keys to ask for.
    expect(below(`app/${appId(2)}/key/`)).toEqual([]);
  });

  test('a refresh token is held for one person, and is over when it was revoked', () => {
    const tokens = below(`app/${appId(2)}/refresh-token/`);
    expect(tokens.map((each) => 'status' in each && each.status)).toEqual(
      expect.arrayContaining(['active', 'active', 'revoked']) as unknown,
    );
    expect(tokens).toContainEqual(
      expect.objectContaining({
        status: 'revoked',
        expiresAt: Date.UTC(2026, 6, 1),
        links: [
          { rel: 'authenticates', kind: 'identity', id: `app/${appId(2)}` },
          { rel: 'granted-to', kind: 'person', id: userId(3) },
        ],
      }),
    );
    expect(below(`app/${appId(3)}/refresh-token/`)).toEqual([]);
    expect([...records.keys()].filter((key) => key.includes('/refresh-token/'))).toHaveLength(3);
  });

  test('a service of another vendor has its scopes and who let it in; nobody is shown its secret again', () => {
    const [first, second] = integrations;
    expect(records.get(`identity/api-service/${first?.id}`)).toMatchObject({
      name: 'Vendor 1',
      thirdParty: true,
      scopes: ['okta.logs.read', 'okta.users.read'],
      attributions: [{ rel: 'created-by', who: { id: userId(1) } }],
    });
    expect(records.get(`identity/api-service/${second?.id}`)).toMatchObject({ name: 'vendor_2' });
    expect(below(`api-service/${first?.id}/`)).toMatchObject([{ type: 'client-secret', retrievable: false }]);
  });

  test('a server’s key is replaced by itself, by hand, or nobody says how', () => {
    expect(named('server 1')).toMatchObject({ policies: { active: true, issuerHost: 'acme.okta.example' } });
    expect(named('server 2')).toMatchObject({ policies: { active: false } });
    expect(named('Signing key of server 1')).toMatchObject({
      status: 'active',
      rotation: 'automatic',
      createdAt: Date.UTC(2026, 3, 1),
      nextRotationAt: Date.UTC(2026, 6, 1),
    });
    expect(named('Signing key of server 2')).toMatchObject({ status: 'inactive', rotation: 'manual' });
    const untold = below('authorization-server/').filter((each) => !('rotation' in each));
    expect(untold).toHaveLength(1);
    expect(untold[0]).not.toHaveProperty('createdAt');
  });

  test('the password of a service account is in the vault where Okta keeps it, changed by Okta or by hand', () => {
    const password = (n: number) => named(`Password of account-${n}`);
    expect(password(1)).toMatchObject({ store: 'vault', rotation: 'automatic' });
    expect(password(1)).not.toHaveProperty('rotationFailing');
    expect(password(2)).toMatchObject({ store: 'vault', rotationFailing: true });
    expect(password(4)).toMatchObject({ store: 'vault', rotation: 'manual' });
    for (const outside of [3, 6]) {
      expect(password(outside)).toMatchObject({ store: 'unknown' });
      expect(password(outside)).not.toHaveProperty('rotation');
    }
  });

  test('an account that could not be created is off and has no password; one that is a user says which', () => {
    expect(named('account-5')).toMatchObject({ status: 'disabled' });
    expect(named('Password of account-5')).toBeUndefined();
    expect(named('account-4')).toMatchObject({
      status: 'active',
      links: [{ rel: 'uses', kind: 'person', id: userId(5) }],
    });
    expect(named('account-2')).toMatchObject({ status: 'active' });
  });

  test('where the log goes: a partner that knows Okta, or an address with a token', () => {
    expect(named('stream 0')).toMatchObject({
      state: 'active',
      authentication: 'unknown',
      tags: ['aws_eventbridge', 'account:123456789012'],
    });
    expect(named('stream 2')).toMatchObject({ state: 'inactive', tags: ['splunk_cloud_logstreaming'] });
    expect(named('hook 0')).toMatchObject({ tags: ['hook:com.okta.oauth2.tokens.transform'] });
    expect(named('Lifecycle')).not.toHaveProperty('delivery');
  });
});
