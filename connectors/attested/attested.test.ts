import { describe, expect, test } from 'vitest';
import { readList } from '../../test/helpers/read-list.ts';
import { attested } from './index.ts';
import { looksLikeAttested } from './recognise.ts';

const read = (name: string, content: string) => readList((ctx) => attested.streams['items']!.pages(ctx), name, content);
const row = async (fields: { [column: string]: string }) => {
  const all = { platform: 'DocuSign', name: 'x', ...fields };
  const { items, blind } = await read('a.csv', `${Object.keys(all).join(',')}\n${Object.values(all).join(',')}\n`);
  return { records: items.filter((item) => item.onlyWithMatches !== true).map(({ record }) => record), blind, items };
};

describe('an attested inventory', () => {
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
    [{ type: 'api-key', expires: '31/12/2026' }, 'expires: write a date as 2026-11-21, or never'],
    [{ type: 'api-key', approved_on: 'canary' }, 'approved_on: write a date'],
    [{ type: 'api-key', environment: 'canary' }, 'environment: use production'],
    [{ type: 'api-key', impersonates: 'canary' }, 'impersonates: use none'],
    [{ type: 'webhook', host: 'not a host' }, 'host: write a host name'],
    [{}, 'type: is missing'],
  ])('%j is set aside', async (fields, problem) => {
    const { records, blind } = await row(fields);
    expect(records).toEqual([]);
    expect(blind).toEqual([expect.stringContaining(`a.csv row 1 schema: Row 1 (line 2) was set aside: ${problem}`)]);
    expect(blind.join()).not.toContain('canary');
  });

  test('what is unknown is a gap; what never happened is never', async () => {
    const { records } = await row({ type: 'api-key', expires: 'unknown', last_used: 'never' });
    expect(records).toMatchObject([{ lastUsedAt: 'never', gaps: { expiresAt: 'not-seen' } }]);
    expect(records[0]).not.toHaveProperty('expiresAt');
  });

  test('a column with a typo stops the reading', async () => {
    await expect(row({ type: 'api-key', ownr: 'x' })).rejects.toThrow('unknown column "ownr"; did you mean "owner"?');
  });
});

test('an inventory is found by its first lines', () => {
  expect(looksLikeAttested('platform;type;name;owner\n')).toBe(true);
  expect(looksLikeAttested('items:\n  - platform: DocuSign\n    type: api-key\n')).toBe(true);
  expect(looksLikeAttested('type,name,owner\n')).toBe(false);
  expect(looksLikeAttested('id,name,emails,status\n')).toBe(false);
});
