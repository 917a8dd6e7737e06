import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../db/open.ts';
import { readLive, type LiveOptions, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/aws.ts';
import { instance } from '../../test/vendors/aws/outside.ts';
import { aws } from './index.ts';

/** Every stream loads and builds clients of the SDK. */
const SLOW = 60_000;
vi.setConfig({ testTimeout: SLOW });
const limits = () => [{ requests: 10_000, per: 1_000, concurrency: 4 }];
const outside = [
  'roles',
  'certificates',
  'identity-center-people',
  'permission-sets',
  'trust-anchors',
  'anywhere-profiles',
  'anywhere-certificates',
];
const people = ['identity-center-people'];
const read = (options: LiveOptions = {}, ids = outside): Promise<LiveRead> => {
  const streams = Object.fromEntries(Object.entries(aws.streams).filter(([id]) => ids.includes(id)));
  return readLive({ ...aws, streams }, vendor(), { ...options, ports: { limits } });
};
const answering =
  (call: string, json: object, status = 200): NonNullable<LiveOptions['tamper']> =>
  (request, usual) =>
    request.headers.get('x-amz-target')?.endsWith(call) === true ? { status, json } : usual;
const outcomeOf = ({ coverage }: LiveRead, wanted: string) => coverage.find(({ stream }) => stream === wanted);

test.each([
  ['certificates', 'DescribeCertificate', 'certificate/shop'],
  ['permission-sets', 'GetInlinePolicyForPermissionSet', 'ps-'],
])('what goes while %s are read is told, and the others go on', async (stream, call, one) => {
  let gone: string | undefined;
  const found = await read(
    {
      tamper: (request, usual) => {
        if (request.headers.get('x-amz-target')?.endsWith(call) !== true || !request.body.includes(one)) return usual;
        gone ??= request.body;
        return request.body === gone ? { status: 400, json: { __type: 'ResourceNotFoundException' } } : usual;
      },
    },
    [stream],
  );
  expect(outcomeOf(found, stream)).toMatchObject({ outcome: 'partial', quarantined: 1 });
  expect(outcomeOf(found, stream)?.items).toBeGreaterThan(0);
});

test('a secret that is put up for deletion while the others are read ends nothing', async () => {
  let first: string | undefined;
  const found = await read(
    {
      tamper: (request, usual) => {
        if (request.headers.get('x-amz-target')?.endsWith('GetResourcePolicy') !== true) return usual;
        first ??= request.body;
        return request.body === first ? { status: 400, json: { __type: 'InvalidRequestException' } } : usual;
      },
    },
    ['secrets'],
  );
  expect(outcomeOf(found, 'secrets')).toMatchObject({ outcome: 'complete' });
  const unseen = [...found.records.values()].filter(({ gaps }) => gaps?.['sharedWith'] === 'not-seen');
  expect(unseen.some((record) => record.kind === 'credential' && record.status === 'active')).toBe(true);
});

test('a use of a certificate that cannot be understood costs neither the certificate nor the others', async () => {
  const odd: { [name: string]: (uses: readonly string[]) => unknown } = {
    shop: (uses) => [7, ...uses],
    imported: () => [7],
    gone: () => undefined,
  };
  const found = await read(
    {
      tamper: (request, usual) => {
        const { Certificate } = (usual.json ?? {}) as { Certificate?: { InUseBy: string[] } };
        const which = /certificate\/(\w+)/.exec(request.body)?.[1] ?? '';
        if (Certificate === undefined || !Object.hasOwn(odd, which)) return usual;
        return { json: { Certificate: { ...Certificate, InUseBy: odd[which]?.(Certificate.InUseBy) } } };
      },
    },
    ['certificates'],
  );
  expect(outcomeOf(found, 'certificates')).toMatchObject({ outcome: 'partial', quarantined: 2 });
  const usesOf = (name: string) =>
    [...found.records.values()]
      .find(({ id }) => id.endsWith(`:certificate/${name}`))
      ?.tags?.filter((tag) => /use/.test(tag));
  expect(usesOf('shop')).toEqual(['used by elasticloadbalancing']);
  // Nobody may take for unused what is used by something that was not understood, or of which nothing is said.
  expect(usesOf('imported')).toEqual([]);
  expect(usesOf('gone')).toEqual([]);
});

let whole: LiveRead;
const named = (name: string) => [...whole.records.values()].find((each) => each.name === name);
beforeAll(async () => {
  whole = await read();
}, SLOW);

describe('certificates of Certificate Manager', () => {
  test('have their end, their renewal, what uses them and who owns them', () => {
    expect(named('shop.acme.example')).toBeDefined();
    const shop = [...whole.records.values()].find(({ id }) => id.endsWith(':certificate/shop'));
    expect(shop).toMatchObject({
      status: 'active',
      createdAt: Date.UTC(2026, 2, 1),
      lastRotatedAt: Date.UTC(2026, 2, 2),
      expiresAt: Date.UTC(2026, 7, 1),
      rotation: 'automatic',
      rotationFailing: true,
      key: { algorithm: 'RSA', bits: 2048, signature: 'SHA256WITHRSA' },
      tags: ['owner=ada@acme.example', 'type:AMAZON_ISSUED', 'used by elasticloadbalancing'],
      attributions: [{ rel: 'owned-by', who: { email: 'ada@acme.example' } }],
    });
  });

  test('with other keys than RSA’s usual ones are listed too, and those that never were are not', () => {
    expect(named('imported.acme.example')).toMatchObject({ rotation: 'manual', lastRotatedAt: Date.UTC(2026, 4, 1) });
    expect(named('imported.acme.example')?.tags).toContain('not in use');
    expect(named('gone.acme.example')).toMatchObject({
      status: 'expired',
      rotation: 'automatic',
      rotationFailing: false,
    });
    expect(named('never.acme.example')).toBeUndefined();
  });
});

describe('IAM Identity Center', () => {
  test('people have their address, and whether they may still sign in', () => {
    expect(whole.records.get('person/user-dora')).toMatchObject({
      status: 'active',
      emails: ['dora@acme.example'],
      logins: ['dora'],
    });
    expect(whole.records.get('person/user-emil')).toMatchObject({ status: 'suspended' });
  });

  test('permission sets have their rights, and who was given them', () => {
    expect(named('Administrators')).toMatchObject({
      kind: 'connection',
      subject: 'person',
      scopes: ['AdministratorAccess'],
      sharedWith: { reach: 'some', count: 2 },
      links: [{ rel: 'granted-to', kind: 'person', id: 'user-dora' }],
      tags: ['accounts:2', 'administrator'],
    });
    expect(named('Key-makers')).toMatchObject({
      tags: ['accounts:1', 'administrator'],
      sharedWith: { reach: 'private' },
    });
    expect(named('Auditors')).toMatchObject({ tags: ['accounts:1'] });
  });

  test('a permission set leads to the role that was made of it here, where there is one and no other', () => {
    const rolesOf = (set: string) =>
      named(set)?.links?.flatMap(({ rel, id }) => (rel === 'uses' ? whole.records.get(`identity/${id}`)?.name : []));
    expect(rolesOf('Developers')).toEqual(['AWSReservedSSO_Developers_0123456789abcdef']);
    for (const set of ['Administrators', 'Auditors', 'Key-makers']) expect(rolesOf(set) ?? []).toEqual([]);
  });

  test('a policy that each account has for itself is named, and tags name an owner', () => {
    expect(named('Developers')).toMatchObject({
      scopes: ['PowerUserAccess', 'acme-developers'],
      sharedWith: { count: 4 },
      attributions: [{ rel: 'owned-by', who: { email: 'dora@acme.example' } }],
    });
  });

  test('closed in the account that has it, it is a failure; another account’s is none', async () => {
    const closed = { __type: 'AccessDeniedException' };
    const here = await read({ tamper: answering('.ListUsers', closed, 400) }, people);
    expect(outcomeOf(here, 'identity-center-people')).toMatchObject({ outcome: 'partial', quarantined: 1 });
    const elsewhere = { Instances: [{ ...instance, OwnerAccountId: '111111111111' }] };
    const there = await read(
      {
        tamper: (request, usual) => {
          const call = request.headers.get('x-amz-target') ?? '';
          if (call.endsWith('.ListUsers')) return { status: 400, json: closed };
          return call.endsWith('.ListInstances') ? { json: elsewhere } : usual;
        },
      },
      people,
    );
    expect(outcomeOf(there, 'identity-center-people')).toMatchObject({ outcome: 'complete', quarantined: 0 });
  });

  test.each([
    ['its administration was taken from this account', [{ ...instance, OwnerAccountId: '111111111111' }]],
    ['it is not shown to this account any more', []],
  ])('nobody of it has left because %s', async (_, Instances) => {
    const store = await openStore({ memory: true });
    const chosen = [...people, 'permission-sets'];
    const { records: before } = await read({ store }, chosen);
    const closed = { status: 400, json: { __type: 'AccessDeniedException' } };
    const { records, coverage } = await read(
      {
        store,
        tamper: ({ headers }, usual) => {
          const call = headers.get('x-amz-target') ?? '';
          if (call.endsWith('.ListInstances')) return { json: { Instances } };
          return /\.(?:ListUsers|ListPermissionSets)$/.test(call) ? closed : usual;
        },
      },
      chosen,
    );
    await store.close();
    expect([...before.keys()].filter((key) => !records.has(key))).toEqual([]);
    const ended = coverage.filter(({ stream }) => chosen.includes(stream));
    expect(ended).toMatchObject([{ outcome: 'partial', reason: 'permission' }, { outcome: 'partial' }]);
  });

  test('a replica in another region is not read twice', async () => {
    const replicated = answering('.ListInstances', { Instances: [{ ...instance, PrimaryRegion: 'eu-west-1' }] });
    const { requests } = await read({ tamper: replicated }, people);
    const lists = requests.filter(({ headers }) => headers.get('x-amz-target') === 'AWSIdentityStore.ListUsers');
    expect(lists.every(({ headers }) => headers.get('authorization')?.includes('/eu-west-1/'))).toBe(true);
  });
});

describe('Roles Anywhere', () => {
  test('authorities end when their certificate does', () => {
    expect(named('plant 0')).toMatchObject({
      connector: 'rolesanywhere-trust-anchor',
      status: 'active',
      expiresAt: Date.UTC(2027, 11, 26, 20, 55, 53),
    });
    expect(named('plant 1')).toMatchObject({
      tags: ['source:AWS_ACM_PCA', 'disabled'],
      gaps: { expiresAt: 'not-seen' },
    });
  });

  test('profiles say which roles they open', () => {
    const vendors = named('vendor');
    expect(named('machines 0')).toMatchObject({
      scopes: ['vendor'],
      links: [{ kind: 'container' }, { rel: 'uses', kind: 'identity', id: vendors?.id }],
    });
    expect(named('machines 3')?.links).toHaveLength(1);
    expect(named('machines 0')?.attributions).toMatchObject([{ rel: 'created-by', who: { login: 'dora' } }]);
    expect(named('machines 3')?.attributions ?? []).toEqual([]);
  });

  test('certificates that were used have their last use', () => {
    expect(named('CN=press-0.plant.acme.example')).toMatchObject({
      type: 'certificate',
      status: 'active',
      lastUsedAt: Date.UTC(2026, 4, 30),
    });
    expect(named('CN=press-1.plant.acme.example')).toMatchObject({ status: 'inactive' });
  });
});
