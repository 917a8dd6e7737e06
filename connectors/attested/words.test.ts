import { describe, expect, test } from 'vitest';
import { readRow as row } from '../../test/helpers/read-inventory.ts';

describe('the words of a row', () => {
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
    [{ store: 'KeePass of the team' }, 'vault'],
    [{ store: 'GitHub Actions' }, 'ci'],
    [{ store: 'n8n' }, 'platform'],
    [{ store: 'laptop of the bookkeeper' }, 'file'],
    [{ store: 'source code' }, 'literal'],
    [{ store: 'somewhere' }, 'unknown'],
  ])('%j is kept in %s', async (fields, store) => {
    const { records } = await row({ type: 'api-key', ...fields });
    expect(records[0]).toMatchObject(store === undefined ? { gaps: { store: 'not-seen' } } : { store });
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

  test.each(['yes', 'WAHR', 'x', 'oui', '1'])('"%s" is yes', async (admin) => {
    expect((await row({ type: 'api-key', admin })).records).toMatchObject([{ admin: true }]);
  });

  test.each(['no', 'FALSCH', 'non', '0'])('"%s" is no', async (admin) => {
    const { records, blind } = await row({ type: 'api-key', admin });
    expect([records, blind]).toMatchObject([[{ admin: false }], []]);
  });

  test.each(['never', 'No', 'unbefristet', '-', '9999-12-31'])('what expires "%s" never does', async (expires) => {
    const { records, blind } = await row({ type: 'api-key', expires });
    expect([records, blind]).toMatchObject([[{ expiresAt: 'never' }], []]);
  });

  test('of several columns about one thing the first counts that says something', async () => {
    const fields = { type: 'api-key', 'Contract end': 'n/a', 'Key expiry': '2026-12-31', 'Valid until': '2027-12-31' };
    expect((await row(fields)).records).toMatchObject([{ expiresAt: Date.UTC(2026, 11, 31) }]);
  });
});
