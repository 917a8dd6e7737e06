import { beforeAll, describe, expect, test } from 'vitest';
import { tenantReader, unfinished } from '../../test/helpers/entra.ts';
import type { LiveRead } from '../../test/helpers/live.ts';
import { guid, tenant } from '../../test/vendors/entra/organisation.ts';

const { read } = tenantReader();
const robot = `application/${guid(401)}`;

describe('what is kept', () => {
  let records: LiveRead['records'];
  beforeAll(async () => {
    ({ records } = await read({ settings: { leaveDates: true } }));
  });

  test('an app and its principal go by one name, the one that pipelines and inventories write down', () => {
    const { knownAs } = records.get(`identity/${robot}`) ?? {};
    expect(knownAs).toEqual([expect.stringMatching(/^entra-app:[0-9a-f-]{36}$/)]);
    expect(records.get(`identity/service-principal/${guid(701)}`)?.knownAs).toEqual(knownAs);
  });

  test('an app has its owners, its rights by name, and secrets without a hint of them', () => {
    expect(records.get(`identity/${robot}`)).toMatchObject({
      type: 'app-registration',
      status: 'active',
      tags: [`client-id:${guid(501)}`, 'audience:AzureADMyOrg'],
      scopes: ['Directory.ReadWrite.All', 'Mail.Read'],
      admin: false,
      links: [
        { rel: 'contained-in', kind: 'container', id: tenant },
        { rel: 'uses', kind: 'identity', id: `service-principal/${guid(701)}` },
      ],
      attributions: [
        // An app among the owners answers for nothing.
        { rel: 'owned-by', who: { id: guid(101) }, evidence: 'owners' },
        { rel: 'operated-by', who: { email: 'robots@acme.example' } },
      ],
    });
    // Its own organisation switched off the one, Microsoft the other.
    expect(records.get(`identity/application/${guid(405)}`)).toMatchObject({ name: 'Left over', status: 'disabled' });
    expect(records.get(`identity/application/${guid(403)}`)).toMatchObject({
      name: guid(503),
      status: 'disabled',
      tags: [`client-id:${guid(503)}`, 'audience:AzureADMyOrg', 'old'],
    });
    const secret = records.get(`credential/${robot}/password/${guid(201)}`);
    expect(secret).toMatchObject({ type: 'client-secret', expiresAt: Date.UTC(2026, 11, 31), retrievable: false });
    expect(JSON.stringify([...records.values()])).not.toMatch(/"(?:hint|secretText|customKeyIdentifier)"/);
  });

  test('an app of another organisation has its publisher, and one of Microsoft is the platform’s own', () => {
    const named = (name: string) => [...records.values()].find((record) => record.name === name);
    expect(named('Slide maker')).toMatchObject({ thirdParty: true, publisher: { name: 'Slides Inc', verified: true } });
    expect(named('Free converter')).toMatchObject({ thirdParty: true, publisher: { verified: false } });
    for (const own of ['Microsoft Graph', 'Directory provisioning'])
      expect(named(own)).toMatchObject({ thirdParty: false, builtIn: true, publisher: { name: 'Microsoft' } });
    // Microsoft took it out of every tenant.
    expect(named('Free converter')).toMatchObject({ status: 'disabled' });
    expect(named('vm-invoices')).toMatchObject({ type: 'workload', thirdParty: false });
    // Neither a permission without a name nor one for people is a right of an app.
    expect(named('Deployer')).toMatchObject({ admin: true, scopes: ['Application Administrator'] });
    // Its own: whatever Microsoft says, it was not switched off.
    const own = records.get(`identity/service-principal/${guid(701)}`);
    expect(own).toMatchObject({ type: 'service-account', thirdParty: false, status: 'active' });
    expect(own).not.toHaveProperty('publisher');
    for (const field of ['scopes', 'admin']) expect(own?.gaps ?? {}).not.toHaveProperty(field);
    // Nobody says whose it is.
    const legacy = named('From before registrations');
    expect(legacy).toMatchObject({ type: 'service-account', status: 'disabled' });
    expect(legacy).not.toHaveProperty('thirdParty');
    expect(legacy).not.toHaveProperty('publisher');
    expect(records.get(`identity/service-principal/${guid(701)}`)?.matches).toHaveLength(1);
  });

  test('apps and their secrets say when they were last used, and an app what its principal says', () => {
    for (const key of [`identity/service-principal/${guid(701)}`, `identity/${robot}`]) {
      expect(records.get(key)).toMatchObject({ lastUsedAt: Date.UTC(2026, 4, 11) });
      expect(records.get(key)?.gaps ?? {}).not.toHaveProperty('lastUsedAt');
    }
    expect(records.get(`credential/${robot}/password/${guid(201)}`)).toMatchObject({
      lastUsedAt: Date.UTC(2026, 4, 20),
    });
    for (const key of [`credential/${robot}/password/${guid(202)}`, `identity/application/${guid(405)}`]) {
      expect(records.get(key)).toMatchObject({ gaps: { lastUsedAt: 'not-seen' } });
      expect(records.get(key)).not.toHaveProperty('lastUsedAt');
    }
  });

  test('a service principal has the day when it was made, though Graph does not describe it', () => {
    expect(records.get(`identity/service-principal/${guid(701)}`)).toMatchObject({
      createdAt: Date.UTC(2024, 2, 2, 8),
    });
    expect(records.get(`identity/service-principal/${guid(701)}`)?.gaps ?? {}).not.toHaveProperty('createdAt');
    expect(records.get(`identity/service-principal/${guid(713)}`)?.gaps).toMatchObject({ createdAt: 'not-supported' });
  });

  test('a certificate that signs tokens is one credential, and one of a managed identity is replaced by itself', () => {
    const of = (n: number) =>
      [...records.keys()].filter((key) => key.startsWith(`credential/service-principal/${guid(n)}`));
    expect(of(710)).toEqual([`credential/service-principal/${guid(710)}/key/${guid(252)}`]);
    // Azure replaces it long before its end: that one goes and another comes is no change that anybody made.
    expect(records.get(of(712)[0] ?? '')).toMatchObject({ type: 'certificate', rotation: 'automatic', builtIn: true });
    expect(records.get(`credential/${robot}/key/${guid(251)}`)).not.toHaveProperty('rotation');
  });

  test('trusts, and agents with their sponsors', () => {
    expect(records.get(`identity/application/${guid(402)}`)).toMatchObject({
      trusts: [
        {
          issuer: 'token.actions.githubusercontent.com',
          subjects: ['repo:acme/site:environment:production'],
          audiences: ['api://AzureADTokenExchange'],
        },
        { issuer: 'token.actions.githubusercontent.com' },
      ],
    });
    // That nobody says who is let in does not mean that everybody is.
    expect(records.get(`identity/application/${guid(402)}`)).not.toHaveProperty('trusts.1.subjects');
    expect(records.get(`identity/service-principal/${guid(730)}`)).toMatchObject({
      type: 'ai-agent',
      scopes: ['Mail.Read'],
      status: 'active',
      attributions: [
        { rel: 'owned-by', who: { id: guid(101) }, evidence: 'sponsors' },
        { rel: 'owned-by', who: { id: guid(102) }, evidence: 'owners' },
      ],
      links: [{ rel: 'contained-in' }, { rel: 'uses', id: `service-principal/${guid(704)}` }],
    });
    expect(records.get(`identity/application/${guid(404)}`)?.attributions).toMatchObject([
      { rel: 'owned-by', who: { id: guid(101) }, evidence: 'sponsors' },
    ]);
    expect(records.get(`identity/service-principal/${guid(731)}`)).toMatchObject({
      name: guid(731),
      type: 'ai-agent',
      status: 'disabled',
    });
    expect(records.get(`identity/service-principal/${guid(732)}`)).toMatchObject({
      type: 'ai-agent',
      links: [{ rel: 'contained-in' }],
    });
  });

  test('an app acts in people’s names: each agreed for one, an administrator for everybody', () => {
    const grants = [...records.values()].filter(({ id }) => id.startsWith('grant/'));
    expect(grants).toHaveLength(3);
    const of = (name: string) => grants.find((grant) => grant.name === name);
    const principal = (n: number) => ({ kind: 'identity', id: `service-principal/${guid(n)}` });
    expect(of('Slide maker at Microsoft Graph in the name of everybody')).toMatchObject({
      consent: 'admin',
      reach: 'all',
      scopes: ['Files.ReadWrite.All', 'User.Read'],
      links: [
        { rel: 'authenticates', ...principal(710) },
        { rel: 'granted-to', ...principal(700) },
      ],
    });
    expect(of('Free converter at Microsoft Graph in the name of Bo Blocked')).toMatchObject({
      consent: 'individual',
      reach: 'one',
      attributions: [{ rel: 'owned-by', who: { id: guid(102) } }],
      links: [
        { rel: 'authenticates', ...principal(711) },
        { rel: 'granted-to', ...principal(700) },
        { rel: 'granted-to', kind: 'person', id: guid(102) },
      ],
    });
    // Its app is not there any more.
    expect(of(`${guid(999)} at Microsoft Graph in the name of Cy Guest`)).toMatchObject({ scopes: [] });
  });

  test('leavers are blocked or deleted users; guests are external', () => {
    expect(records.get(`person/${guid(102)}`)).toMatchObject({ status: 'suspended', leftAt: Date.UTC(2026, 4, 1) });
    expect(records.get(`person/${guid(103)}`)).toMatchObject({
      external: true,
      admin: false,
      emails: ['cy@partner.example'],
    });
    expect(records.get(`person/${guid(104)}`)).toMatchObject({ status: 'invited' });
    // Entra puts the own id in front of the name of who was deleted.
    const deleted = { status: 'deleted', logins: ['flo@acme.example'], leftAt: Date.UTC(2026, 4, 20) };
    expect(records.get(`person/${guid(106)}`)).toMatchObject(deleted);
    expect(records.get(`person/${guid(101)}`)).toMatchObject({ status: 'active', admin: true, directory: true });
    expect(records.get(`person/${guid(101)}`)).toMatchObject({ external: false });
    expect(records.get(`person/${guid(101)}`)).not.toHaveProperty('type');
    // What nobody says of somebody is not made up.
    expect(records.get(`person/${guid(105)}`)).toMatchObject({ name: 'eve@acme.example', status: 'unknown' });
    for (const field of ['external', 'directory']) expect(records.get(`person/${guid(105)}`)).not.toHaveProperty(field);
    // Neither a guest nor an agent is somebody whom this directory vouches for.
    for (const n of [103, 108]) expect(records.get(`person/${guid(n)}`)).not.toHaveProperty('directory');
    // Whether it is blocked may not be seen: Entra says nothing of whether they are here.
    expect(records.get(`person/${guid(105)}`)).toMatchObject({ status: 'unknown', gaps: { status: 'denied' } });
    expect(records.get(`person/${guid(101)}`)?.gaps?.['status']).toBeUndefined();
  });

  test('who changed the name is known by the earlier address too', () => {
    const emails = ['ada@acme.example', 'ada.maiden@acme.example'];
    expect(records.get(`person/${guid(101)}`)).toMatchObject({ emails });
    // The one in use comes first: it is nobody else's.
    expect(records.get(`person/${guid(105)}`)).toMatchObject({ emails: ['eve@acme.example', 'old@acme.example'] });
  });

  test('people have a manager, the roles that they may take on, and the time when they were last here', () => {
    expect(records.get(`person/${guid(102)}`)).toMatchObject({
      manager: guid(101),
      // Eligible is not active.
      admin: false,
      tags: ['eligible-role:Application Administrator', 'eligible-role:Global Administrator'],
      gaps: { lastUsedAt: 'not-seen' },
    });
    // A success counts for more than a later attempt.
    expect(records.get(`person/${guid(101)}`)).toMatchObject({ lastUsedAt: Date.UTC(2026, 4, 29, 7) });
    expect(records.get(`person/${guid(101)}`)).not.toHaveProperty('lastInteractiveAt');
    expect(records.get(`person/${guid(103)}`)).toMatchObject({ lastUsedAt: Date.UTC(2022, 2, 3) });
    expect(records.get(`person/${guid(105)}`)).toMatchObject({ lastUsedAt: Date.UTC(2023, 4, 5) });
    expect(records.get(`person/${guid(108)}`)).toMatchObject({ type: 'bot', lastInteractiveAt: Date.UTC(2026, 3, 4) });
    // Of who was deleted nothing is told any more.
    expect(records.get(`person/${guid(109)}`)).toMatchObject({ gaps: { lastUsedAt: 'not-seen' } });
  });

  test('the tenant says whether secrets of apps have to end', async () => {
    expect(records.get(`container/${tenant}`)).toMatchObject({
      name: 'Acme',
      policies: {
        allowInvitesFrom: 'everyone',
        usersMayConsent: true,
        usersMayRegisterApps: true,
        appsMayGetSecrets: true,
        longestSecretLife: '90 days',
        longestCertificateLife: 'unlimited',
        onlyForAppsMadeSince: '2025-01-01',
        appPoliciesForSingleApps: 2,
      },
    });
    const free = await read({ appPolicy: { isEnabled: false } });
    expect(free.records.get(`container/${tenant}`)).toMatchObject({
      policies: { appsMayGetSecrets: true, longestSecretLife: 'unlimited' },
    });
    const passwordCredentials = [{ restrictionType: 'passwordAddition', state: 'enabled' }];
    const keyCredentials = [
      {
        restrictionType: 'asymmetricKeyLifetime',
        state: 'enabled',
        restrictForAppsCreatedAfterDateTime: '2025-06-01T00:00:00Z',
      },
    ];
    const strict = await read({
      appPolicy: { applicationRestrictions: { passwordCredentials, keyCredentials } },
    });
    expect(strict.records.get(`container/${tenant}`)).toMatchObject({
      policies: { appsMayGetSecrets: false, longestCertificateLife: 'limited', onlyForAppsMadeSince: '2025-06-01' },
    });
  });

  test('without a licence nobody knows the last use, and that is no gap of the scan', async () => {
    const all = await read({ licensed: false });
    expect(unfinished(all)).toEqual([]);
    for (const key of [`service-principal/${guid(701)}`, robot])
      expect(all.records.get(`identity/${key}`)?.gaps).toMatchObject({ lastUsedAt: 'not-licensed' });
    expect(all.records.get(`person/${guid(102)}`)).toMatchObject({
      manager: guid(101),
      gaps: { lastUsedAt: 'not-licensed' },
    });
    expect(all.records.get(`person/${guid(102)}`)).not.toHaveProperty('tags');
    const { requests } = await read({ settings: { signInActivity: false } });
    expect(
      requests.some(({ path, query }) => /beta/.test(path) || query.get('$select')?.includes('signInActivity')),
    ).toBe(false);
  });
});
