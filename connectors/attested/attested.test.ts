import { describe, expect, test } from 'vitest';
import { readInventory as read, readRow as row } from '../../test/helpers/read-inventory.ts';

describe('an attested inventory', () => {
  test.each([
    [
      'DocuSign',
      'integration-key',
      '0A1B2C3D-0000-4000-8000-00000000000A',
      'docusign-key:0a1b2c3d-0000-4000-8000-00000000000a',
    ],
    ['Entra ID', 'oauth-app', '0a1b2c3d-0000-4000-8000-00000000000a', 'entra-app:0a1b2c3d-0000-4000-8000-00000000000a'],
    ['AWS', 'role', 'arn:aws:iam::123456789012:role/Deploy', 'aws-arn:arn:aws:iam::123456789012:role/deploy'],
    ['DocuSign', 'integration-key', 'ds-contract-robot', undefined],
    ['PandaDoc', 'integration', '0a1b2c3d-0000-4000-8000-00000000000a', undefined],
  ])('knows a %s %s by the public name that its id is, if it is one', async (platform, type, id, name) => {
    const { records } = await row({ platform, type, id });
    expect(records[0]).toMatchObject({ kind: 'identity' });
    expect(records[0]?.knownAs).toEqual(name === undefined ? undefined : [name]);
  });

  test.each([
    [
      'oauth-app',
      { third_party: 'yes', expires: '2026-01-31' },
      { thirdParty: true, admittedUntil: Date.UTC(2026, 0, 31) },
    ],
    [
      'oauth-app',
      { scopes: 'read write', approved_scopes: 'read' },
      { scopes: ['read', 'write'], approvedScopes: ['read'] },
    ],
    [
      'api-key',
      { replacement_planned: 'yes', approved_scopes: 'read' },
      { replacementPlanned: true, approvedScopes: ['read'] },
    ],
    ['consent', { approved_scopes: 'read;write' }, { approvedScopes: ['read', 'write'] }],
    [
      'ai-agent',
      { authentication: 'none', shared_with: 'everyone' },
      { authentication: 'none', sharedWith: { reach: 'everyone' } },
    ],
    ['event-webhook', { carries_token: 'yes' }, { carriesToken: true }],
    ['event-webhook', { carries_token: 'no' }, { carriesToken: false }],
    [
      'public-link',
      { expires: 'never', last_used: '2026-01-31' },
      { expiresAt: 'never', lastUsedAt: Date.UTC(2026, 0, 31) },
    ],
  ])('of %s %j', async (type, fields, expected) => {
    const { records, blind } = await row({ type, ...fields });
    expect(records[0]).toMatchObject(expected);
    expect(blind).toEqual([]);
  });

  test.each(['oauth-app', 'api-key', 'consent'])('of %s: what it was seen to use, since when', async (type) => {
    const usage = async (fields: { [column: string]: string }): Promise<unknown> =>
      ((await row({ type, scopes: 'read write', ...fields })).records[0] as { usage?: unknown }).usage;
    const since = Date.UTC(2026, 0, 31);
    expect(await usage({ used_scopes: 'read', used_since: '2026-01-31' })).toEqual({ scopes: ['read'], since });
    expect(await usage({ used_scopes: 'none', used_since: '2026-01-31' })).toEqual({ scopes: [], since });
    // Nobody knows for how long it was watched; nothing was said of what was seen.
    expect(await usage({ used_scopes: 'read' })).toBeUndefined();
    expect(await usage({ used_scopes: '-', used_since: '2026-01-31' })).toBeUndefined();
  });

  test('the end of an integration key is no end of the integration', async () => {
    const { records } = await row({ type: 'integration-key', expires: '2026-01-31' });
    expect(records[0]).not.toHaveProperty('admittedUntil');
    expect(records[1]).toMatchObject({ expiresAt: Date.UTC(2026, 0, 31) });
  });

  test('an integration key is an identity and its key, with the people of the row', async () => {
    const { items } = await read(
      'inventory.yaml',
      `items:
  - platform: DocuSign
    type: integration key
    name: Invoice robot
    id: ik-1
    owner: ada@acme.example
    technical_owner: Bob <bob@acme.example>
    backup_owner: "@cy"
    approver: Di Vine
    approved_on: 2026-01-02
    created: 2025-12-01
    expires: never
    last_used: 2026-05-01
    environment: prod
    scopes: [signature, impersonation]
    impersonates: "all:admin"
    grants: [jwt-bearer]
    store: HashiCorp Vault
    shared_with: 12
    evidence: TICKET-1
`,
    );
    expect(items.map(({ record }) => [record.kind, record.id])).toEqual([
      ['identity', 'ik-1'],
      ['credential', 'ik-1/key'],
    ]);
    expect(items[0]?.record).toMatchObject({
      type: 'integration',
      environment: 'production',
      impersonates: { users: 'all', consent: 'admin' },
      grants: ['jwt-bearer'],
      sharedWith: { reach: 'some', count: 12 },
      attributions: [
        { rel: 'owned-by', who: { email: 'ada@acme.example' }, basis: 'tag', evidence: 'inventory.yaml row 1, owner' },
        { rel: 'operated-by', who: { email: 'bob@acme.example', name: 'Bob' } },
        { rel: 'backed-up-by', who: { login: '@cy' } },
        { rel: 'approved-by', who: { name: 'Di Vine' }, at: Date.UTC(2026, 0, 2) },
      ],
    });
    expect(items[1]?.record).toMatchObject({
      type: 'api-key',
      store: 'vault',
      expiresAt: 'never',
      lastUsedAt: Date.UTC(2026, 4, 1),
      gaps: { lastRotatedAt: 'not-seen' },
      links: [{ rel: 'authenticates', kind: 'identity', id: 'ik-1' }],
    });
  });

  test.each([
    ['api key', 'credential', { type: 'api-key' }],
    ['OAuth app', 'identity', { type: 'oauth-app' }],
    ['service_account', 'identity', { type: 'service-account' }],
    ['consent', 'connection', { subject: 'person', authentication: 'oauth' }],
    ['event-webhook', 'endpoint', { direction: 'outbound' }],
    ['webhook', 'endpoint', { direction: 'inbound' }],
  ])('a row of type %s is a %s', async (type, kind, fields) => {
    expect((await row({ type })).records).toMatchObject([{ kind, ...fields }]);
  });

  test('of a pasted URL only scheme and host are kept', async () => {
    const { records } = await row({
      type: 'event-webhook',
      host: 'http://user:canary@hooks.acme.example/canary?x=canary',
      signed: 'no',
      payload: 'documents',
    });
    expect(records).toMatchObject([
      { host: 'hooks.acme.example', scheme: 'http', signed: false, payload: 'documents' },
    ]);
    expect(JSON.stringify(records)).not.toContain('canary');
  });

  test('an address where the id is asked for is where the webhook lies, and no id', async () => {
    const { records } = await row({ type: 'webhook', id: 'https://hooks.acme.example/canary?x=canary' });
    expect(records).toMatchObject([{ id: 'docusign:webhook:x', host: 'hooks.acme.example', scheme: 'https' }]);
    expect(JSON.stringify(records)).not.toContain('canary');
  });

  test('free text never becomes part of a record, but is searched', async () => {
    const { records, items } = await row({ type: 'api-key', notes: 'canary one', evidence: 'canary two' });
    expect(JSON.stringify(records)).not.toContain('canary');
    expect(items[0]?.contents).toEqual([
      {
        place: 'configuration',
        path: 'a.csv',
        tree: { 'row 1': expect.objectContaining({ notes: 'canary one', evidence: 'canary two' }) },
      },
    ]);
  });

  test.each([
    ['oauth-app', 'status', 'disabled'],
    ['consent', 'status', 'expired'],
    ['event-webhook', 'state', 'inactive'],
  ])('of what is over, a %s says so in its own word', async (type, field, over) => {
    const stands = async (status: string) => (await row({ type, status })).records[0];
    for (const status of ['disabled', 'expired', 'revoked', 'inactive'])
      expect(await stands(status), status).toMatchObject({ [field]: over });
    expect(await stands('active')).toMatchObject({ [field]: 'active' });
    for (const status of ['unknown', '']) expect(await stands(status)).toMatchObject({ [field]: 'unknown' });
  });

  test('a consent and a delegation lend the rights of a person, a connection those of nobody knows whom', async () => {
    const subject = async (type: string) => (await row({ type })).records[0];
    expect(await subject('consent')).toMatchObject({ subject: 'person', authentication: 'oauth' });
    expect(await subject('delegation')).toMatchObject({ subject: 'person', authentication: 'oauth' });
    expect(await subject('connection')).toMatchObject({ subject: 'unknown' });
    expect(await subject('connection')).not.toHaveProperty('authentication');
  });

  test.each([
    ['id', 'platform,type,name,id\nEntra,client-secret,prod,app-1\nEntra,client-secret,test,app-1\n'],
    ['platform, type and name', 'platform,type,name\nEntra,client-secret,prod\nEntra,Client Secret,PROD\n'],
  ])('of two rows with the same %s none takes the place of the other', async (_, csv) => {
    const { items, blind } = await read('a.csv', csv);
    expect(items.filter((item) => item.onlyWithMatches !== true)).toMatchObject([{ record: { name: 'prod' } }]);
    expect(blind).toEqual([expect.stringContaining('Row 2 (line 3) was set aside: line 2 has the same id')]);
  });

  test('a column with a typo stops the reading', async () => {
    await expect(row({ type: 'api-key', ownr: 'x' })).rejects.toThrow('unknown column "ownr"; did you mean "owner"?');
  });
});
