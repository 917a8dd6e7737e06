import { describe, expect, test } from 'vitest';
import { processorTime } from '../../test/helpers/processor-time.ts';
import { readList } from '../../test/helpers/read-list.ts';
import { workbook } from '../../test/helpers/workbook.ts';
import { attested } from './index.ts';
import { looksLikeAttested } from './recognise.ts';

const read = (name: string, content: string) => readList((ctx) => attested.streams['items']!.pages(ctx), name, content);
const row = async (fields: { [column: string]: string }) => {
  const all = { platform: 'DocuSign', name: 'x', ...fields };
  const { items, blind } = await read('a.csv', `${Object.keys(all).join(',')}\n${Object.values(all).join(',')}\n`);
  return { records: items.filter((item) => item.onlyWithMatches !== true).map(({ record }) => record), blind, items };
};

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
    [{ type: 'gadget' }, 'type: use one of integration-key'],
    [{ type: 'api-key', platform: '' }, 'platform: is missing'],
    [{ type: 'api-key', owner: 'canary '.repeat(80), status: 'canary' }, 'owner: Too big'],
  ])('%j is set aside', async (fields, problem) => {
    const { records, blind } = await row(fields);
    expect(records).toEqual([]);
    expect(blind).toEqual([expect.stringContaining(`a.csv row 1 schema: Row 1 (line 2) was set aside: ${problem}`)]);
    expect(blind.join()).not.toContain('canary');
  });

  test.each([
    [{ type: 'api-key', expires: '31/31/2026' }, 'expires: write a date as 2026-11-21, or never', {}],
    [{ type: 'api-key', approved_on: 'canary' }, 'approved_on: write a date', {}],
    [{ type: 'api-key', environment: 'canary' }, 'environment: use production', {}],
    [{ type: 'api-key', status: 'canary' }, 'status: use one of active', { status: 'unknown' }],
    [{ type: 'api-key', impersonates: 'canary' }, 'impersonates: use none', {}],
    [{ type: 'api-key', admin: 'canary', created: 'canary' }, 'admin: write yes or no; created: write a date', {}],
    [{ type: 'consent', authentication: 'canary' }, 'authentication: use one of', { authentication: 'unknown' }],
    [{ type: 'webhook', host: 'not a host' }, 'host: write a host name', { gaps: { host: 'not-seen' } }],
  ])('%j is on the roll without what cannot be understood, which is told', async (fields, told, left) => {
    const { records, blind } = await row({ owner: 'ada@acme.example', ...fields });
    expect(records).toMatchObject([{ name: 'x', attributions: [{ rel: 'owned-by' }], ...left }]);
    for (const field of ['environment', 'expiresAt', 'createdAt', 'admin', 'impersonates', 'host'])
      expect(records[0]).not.toHaveProperty(field);
    expect(blind).toEqual([
      expect.stringContaining(`a.csv row 1 schema: Row 1 (line 2) was read without what cannot be understood: ${told}`),
    ]);
    expect(blind.join()).not.toContain('canary');
  });

  test('what is unknown is a gap; what never happened is never', async () => {
    const { records } = await row({ type: 'api-key', expires: 'unknown', last_used: 'never' });
    expect(records).toMatchObject([{ lastUsedAt: 'never', gaps: { expiresAt: 'not-seen' } }]);
    expect(records[0]).not.toHaveProperty('expiresAt');
  });

  test.each([
    [{ vault_path: 'No' }, undefined],
    [{ vault_path: 'not yet' }, undefined],
    [{ vault_path: 'unknown' }, undefined],
    [{ vault_path: 'Yes' }, 'vault'],
    [{ vault_path: 'kv/non-prod/robot' }, 'vault'],
    [{ store: 'Excel (not in the vault)' }, 'unknown'],
    [{ store: 'to be moved to Key Vault' }, 'unknown'],
    [{ store: 'Azure Key Vault' }, 'vault'],
  ])('%j is kept in %s', async (fields, store) => {
    const { records } = await row({ type: 'api-key', ...fields });
    expect(records[0]).toMatchObject(store === undefined ? { gaps: { store: 'not-seen' } } : { store });
  });

  test.each(['unknown', '?', 'none', 'nobody', 'TBD', 'niemand', 'pending', '-'])(
    'nobody called "%s" is its owner or agreed to it',
    async (who) => {
      const { records } = await row({ type: 'api-key', owner: who, approver: who, requester: who });
      expect(records[0]).toMatchObject({ attributions: [] });
    },
  );

  test.each([
    ['Ada Lovelace, Bob Byron', ['Ada Lovelace', 'Bob Byron']],
    ['ada@acme.example; Bob Byron', ['ada@acme.example', 'Bob Byron']],
    ['Ada Lovelace / bob@acme.example', ['Ada Lovelace', 'bob@acme.example']],
    ['Ada Lovelace & Bob Byron', ['Ada Lovelace', 'Bob Byron']],
    ['Ada Lovelace und Bob Byron', ['Ada Lovelace', 'Bob Byron']],
    ['Ada Lovelace; n/a', ['Ada Lovelace']],
    ['Lovelace, Ada', ['Lovelace, Ada']],
    ['Lovelace, Ada; Byron, Bob', ['Lovelace, Ada', 'Byron, Bob']],
    ['Ada, Countess of Lovelace', ['Ada, Countess of Lovelace']],
    ['Sales/Marketing', ['Sales/Marketing']],
    ['Andersen', ['Andersen']],
  ])('%s answers for it: %j', async (owner, expected) => {
    const { records } = await row({ type: 'api-key', owner: `"${owner}"` });
    const who = records[0]?.attributions?.map((each) => each.who?.email ?? each.who?.name);
    expect(who).toEqual(expected);
  });

  test('who asked for it made it, on the day it was made', async () => {
    const { records } = await row({ type: 'api-key', requester: 'Ada Lovelace', created: '2026-03-31' });
    const made = { rel: 'created-by', who: { name: 'Ada Lovelace' }, at: Date.UTC(2026, 2, 31) };
    expect(records[0]).toMatchObject({ attributions: [{ ...made, evidence: 'a.csv row 1, requester' }] });
  });

  test.each(['n/a', 'TBD', 'nobody', '-', ''])('"%s" is no owner', async (owner) => {
    expect((await row({ type: 'api-key', owner })).records[0]?.attributions ?? []).toEqual([]);
  });

  test('what a row leaves open was not seen; what it says was', async () => {
    const gapsOf = async (fields: object) => (await row({ type: 'api-key', ...fields })).records[0]?.gaps ?? {};
    expect(await gapsOf({ expires: 'never', last_used: '2026-01-01' })).toEqual({
      createdAt: 'not-seen',
      lastRotatedAt: 'not-seen',
      scopes: 'not-seen',
      store: 'not-seen',
    });
    const [hook] = (await row({ type: 'webhook', host: 'https://hooks.acme.example' })).records;
    expect(hook).toMatchObject({ authentication: 'unknown', gaps: { signed: 'not-seen', payload: 'not-seen' } });
    expect(hook?.gaps).not.toHaveProperty('host');
  });

  test('who reviewed it, and when, is kept', async () => {
    const { records } = await row({ type: 'api-key', 'Reviewed By': 'Ada Lovelace', 'Last Reviewed': '2026-03-31' });
    expect(records[0]).toMatchObject({
      attributions: [{ rel: 'reviewed-by', who: { name: 'Ada Lovelace' }, at: Date.UTC(2026, 2, 31), basis: 'tag' }],
    });
  });

  test.each([
    ['Active (prod)', 'active'],
    ['Retired 10/2026', 'revoked'],
    ['In use - see notes', 'active'],
    ['Not in use', 'active'],
    ['Inactive', 'inactive'],
    ['Disabled', 'inactive'],
    ['?', 'unknown'],
    ['', 'unknown'],
  ])('status %s is %s', async (status, expected) => {
    expect((await row({ type: 'api-key', status })).records).toMatchObject([{ status: expected }]);
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
    ['Demo', 'development'],
    ['Produktion', 'production'],
    ['Entwicklung', 'development'],
    ['Développement', 'development'],
  ])('environment %s is %s', async (environment, expected) => {
    expect((await row({ type: 'api-key', environment })).records).toMatchObject([{ environment: expected }]);
  });

  test('a month or a year alone is its last day, so that nothing looks older or ended earlier than it may be', async () => {
    const { records } = await row({ type: 'api-key', created: '2019', expires: '12/2026', last_used: 'Oct 2026' });
    expect(records).toMatchObject([
      {
        createdAt: Date.UTC(2019, 11, 31),
        expiresAt: Date.UTC(2026, 11, 31),
        lastUsedAt: Date.UTC(2026, 9, 31),
      },
    ]);
  });

  test.each(['-', 'n/a', 'unknown', '?'])('scopes "%s" are not known', async (scopes) => {
    const { records } = await row({ type: 'api-key', scopes, approved_scopes: scopes });
    expect(records[0]).toMatchObject({ gaps: { scopes: 'not-seen' } });
    expect(records[0]).not.toHaveProperty('scopes');
    expect(records[0]).not.toHaveProperty('approvedScopes');
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

describe('a spreadsheet of API keys as governance teams keep it', () => {
  const pages = attested.streams['items']!.pages;
  const sheet = (content: string | Buffer, settings: object = {}) =>
    readList((ctx) => pages({ ...ctx, config: { ...ctx.config, ...settings } }), 'keys.csv', content);
  const header =
    'Application,Credential type,Key name,Client ID,Key owner,Approved by,Approval date,Expiry,Last rotated,Vault path,Status';

  test('with its own headings, words and dates', async () => {
    const { items, blind } = await sheet(
      `API keys of the integration team,,,\n${header}\nDocuSign,API token,Robot,c-1,ada@acme.example,bob@acme.example,02/01/2026,31/12/2026,1-Feb-26,kv/team/robot,In use\n` +
        'Okta,OAuth client,Portal,c-2,n/a,,,9999-12-31,,,Decommissioned\nTotal,2\n',
      { dates: 'day-first' },
    );
    expect(blind).toEqual([expect.stringContaining('Titles, totals and repeated headings')]);
    expect(items.filter((item) => item.onlyWithMatches !== true).map(({ record }) => record)).toMatchObject([
      {
        kind: 'credential',
        id: 'c-1',
        platform: 'DocuSign',
        type: 'api-key',
        status: 'active',
        store: 'vault',
        expiresAt: Date.UTC(2026, 11, 31),
        lastRotatedAt: Date.UTC(2026, 1, 1),
        attributions: [{ rel: 'owned-by' }, { rel: 'approved-by' }],
      },
      { kind: 'identity', id: 'c-2', type: 'oauth-app', status: 'disabled', attributions: [] },
    ]);
  });

  test('without a column of types is refused once, with what to write', async () => {
    const csv = 'Application,Key name,Key owner\nOkta,A,ada\nOkta,B,ada\n';
    await expect(sheet(csv)).rejects.toThrow(
      'keys.csv: no column says the type of its items: add it, or write such as type: api-key',
    );
    expect((await sheet(csv, { type: 'api-key' })).items.map(({ record }) => record)).toMatchObject([
      { id: 'okta:api-key:a', type: 'api-key' },
      { id: 'okta:api-key:b' },
    ]);
  });

  test('dates that nothing settles are gaps, told once for the column', async () => {
    const csv = 'platform,type,name,expires\nOkta,api-key,A,03/04/2026\nOkta,api-key,B,05/06/2026\n';
    const { items, blind } = await sheet(csv);
    expect(items.map(({ record }) => record)).toMatchObject([{ gaps: { expiresAt: 'not-seen' } }, {}]);
    expect(blind).toEqual([expect.stringMatching(/expires: nobody can tell from line 2 .*dates: day-first/)]);
    const settled = await sheet(csv, { dates: 'month-first' });
    expect(settled.items[0]?.record).toMatchObject({ expiresAt: Date.UTC(2026, 2, 4) });
  });

  test.each(['API key', 'Client secret', 'Secret', 'Password', 'Token', 'Key value', 'Passwort', 'private_key'])(
    'with the secrets themselves under "%s" is refused, and they are not repeated',
    async (heading) => {
      const secret = `k${'4f9c'.repeat(6)}`;
      const reading = sheet(`platform,type,name,${heading}\nOkta,api-key,A,\nOkta,api-key,B,${secret}\n`);
      const said = await reading.then(String, String);
      expect(said).toContain(`keys.csv, line 3: the column "${heading}" holds secrets themselves`);
      expect(said).not.toContain('4f9c');
    },
  );

  test.each([
    ['SecretName', 'rollcall-2026'],
    ['Secret owner', 'ada@acme.example'],
    ['Password last set by', 'ada@acme.example'],
    ['API key', 'Invoice robot'],
    ['Token', 'yes'],
    ['Client secret', '****************'],
    ['Secret', 'vault:kv/team/robot'],
    ['Password', '2026-01-31'],
  ])('with %s saying %s holds no secret', async (heading, text) => {
    const { items } = await sheet(`platform,type,name,${heading}\nOkta,api-key,A,${text}\n`);
    expect(items).toHaveLength(1);
  });
});

test('an inventory is found by its first lines', () => {
  expect(looksLikeAttested(Buffer.from('platform;type;name;owner\n'))).toBe(true);
  expect(looksLikeAttested(Buffer.from('items:\n  - platform: DocuSign\n    type: api-key\n'))).toBe(true);
  expect(looksLikeAttested(Buffer.from('type,name,owner\n'))).toBe(false);
  expect(looksLikeAttested(Buffer.from('id,name,emails,status\n'))).toBe(false);
});

test('an inventory with columns of its own is found where its rows say what they are', () => {
  const headings =
    'Type,Name,Platform,Client ID,Business Owner,Expires,Last Reviewed,Reviewed By,Data shared with,Notes';
  const kinds = (...types: string[]) =>
    Buffer.from([headings, ...types.map((type) => `${type},x,y,,,,,,,`), ''].join('\n'));
  expect(looksLikeAttested(kinds('eSignature integrations', 'Integration key'))).toBe(true);
  expect(looksLikeAttested(kinds('laptop', 'phone'))).toBe(false);
  expect(looksLikeAttested(kinds())).toBe(false);
  const titled =
    'Inventory of the integration team,,,\n\nArt;Name;Plattform;Eigentümer;Gültig bis;Eigenes Feld\nAPI-Schlüssel;x;y;;;\n';
  expect(looksLikeAttested(Buffer.from(titled.replaceAll(',', '')))).toBe(true);
});

test('a total is passed over in whichever column it stands', async () => {
  const { items, blind } = await read('a.csv', 'platform;type;name;owner\nOkta;api-key;A;ada\n;;Summe: 1;\n');
  expect(items.filter((item) => item.onlyWithMatches !== true)).toHaveLength(1);
  expect(blind).toEqual([expect.stringContaining('Titles, totals and repeated headings')]);
});

test('a workbook is read as it was typed: below a title, with dates of Excel, and the sheet that is the list', async () => {
  const list = [
    ['Inventory of the integration team'],
    [],
    ['Art', 'Name', 'Plattform', 'Eigentümer', 'Gültig bis', 'Geprüft am'],
    ['API-Schlüssel', 'Toll', 'TollCollect', 'Ada Lovelace\nBob Byron', 46_387, undefined],
    [undefined, 'Summe: 1'],
  ];
  const bytes = workbook({ Legende: [['Art', 'Bedeutung']], Inventar: list });
  const { items, blind } = await readList((ctx) => attested.streams['items']!.pages(ctx), 'inventory.xlsx', bytes);
  expect(items.filter((item) => item.onlyWithMatches !== true).map(({ record }) => record)).toMatchObject([
    {
      name: 'Toll',
      expiresAt: Date.UTC(2026, 11, 31),
      attributions: [{ who: { name: 'Ada Lovelace' } }, { who: { name: 'Bob Byron' } }],
      at: { path: 'inventory.xlsx', line: 4 },
    },
  ]);
  expect(blind.join('\n')).toContain('The sheet "Legende" was passed over: one sheet is read');
  const second = workbook({ One: list, Two: list.slice(2) });
  const both = await readList((ctx) => attested.streams['items']!.pages(ctx), 'inventory.xlsx', second);
  expect(both.blind.join('\n')).toContain('it has headings of such a list too; save it as a file of its own');
});

test('empty lines above it cost nothing', async () => {
  const taken = await processorTime(() => looksLikeAttested(Buffer.from(`${'\n'.repeat(30)}items: none\n`)));
  expect(taken).toBeLessThan(1_000);
});
