import { describe, expect, test } from 'vitest';
import { readInventory as read } from '../../test/helpers/read-inventory.ts';
import { workbook } from '../../test/helpers/workbook.ts';

describe('a spreadsheet of API keys as governance teams keep it', () => {
  const sheet = (content: string, settings?: Parameters<typeof read>[2]) => read('keys.csv', content, settings);
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
    ['k4f9'.repeat(4), true],
    ['k4f9'.repeat(4).slice(1), false],
    ['kefg'.repeat(6), true],
    ['kefg'.repeat(6).slice(1), false],
    ['k4f9 '.repeat(4).trim(), false],
    ['vault:k4f9k4f9k4f9k4f9', false],
    ['Robot of the invoices team', false],
  ])('with "%s" under a heading of names and keys alike is refused: %s', async (text, refused) => {
    const reading = sheet(`platform,type,name,API key\nOkta,api-key,A,${text}\n`);
    expect(
      await reading.then(
        () => false,
        () => true,
      ),
    ).toBe(refused);
  });

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
  const { items, blind } = await read('inventory.xlsx', bytes);
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
  const both = await read('inventory.xlsx', second);
  expect(both.blind.join('\n')).toContain('it has headings of such a list too; save it as a file of its own');
});
