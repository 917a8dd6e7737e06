import { describe, expect, test } from 'vitest';
import { readList } from '../../test/helpers/read-list.ts';
import { processorTime } from '../../test/helpers/processor-time.ts';
import { people } from './index.ts';
import { looksLikePeople } from './recognise.ts';

const read = (name: string, content: string | Buffer, resume?: null | { row: number }) =>
  readList((ctx) => people.streams['people']!.pages(ctx), name, content, resume ?? undefined);

describe('a people directory', () => {
  test('CSV with semicolons, a byte-order mark and the words of an HR export', async () => {
    const csv =
      '\uFEFFEmployee ID;Display name;E-Mail;Status;Last day;Manager;Department;Type\r\n' +
      '7;Ada Lovelace;"Ada@acme.example; ada.l@acme.example";Terminated;2026-03-01;9;Sales;\r\n' +
      '8;Invoices;invoices@acme.example;active;;;;shared mailbox\r\n';
    const { items, blind } = await read('people.csv', csv);
    expect(blind).toEqual([]);
    expect(items.map(({ record }) => record)).toMatchObject([
      {
        kind: 'person',
        id: '7',
        name: 'Ada Lovelace',
        emails: ['ada@acme.example', 'ada.l@acme.example'],
        status: 'deprovisioned',
        leftAt: Date.UTC(2026, 2, 2) - 1,
        manager: '9',
        teams: ['Sales'],
        directory: true,
        at: { path: 'people.csv', line: 2 },
      },
      { id: '8', type: 'shared-mailbox', status: 'active' },
    ]);
  });

  test('German headings, words and dates, and the empty cells and rows that a spreadsheet adds', async () => {
    const csv =
      'Personalnummer;Anzeigename;E-Mail-Adresse;Status;Austrittsdatum;Abteilung;Extern;;\r\n' +
      '7;Ada Lovelace;ada@acme.example;aktiv;1.3.2026;Vertrieb;nein;;\r\n' +
      ';;;;;;;;\r\n' +
      '8;Bob;bob@acme.example;ausgeschieden;;;ja;;\r\n;;;\r\n';
    const { items, blind } = await read('people.csv', csv);
    expect(blind).toEqual([]);
    expect(items.map(({ record }) => record)).toMatchObject([
      { id: '7', status: 'deprovisioned', leftAt: Date.UTC(2026, 2, 2) - 1, teams: ['Vertrieb'], external: false },
      { id: '8', status: 'deprovisioned', external: true, at: { line: 4 } },
    ]);
  });

  test("headings in camel case, as Microsoft Entra's list of users has them", async () => {
    const { items } = await read(
      'people.csv',
      'userPrincipalName,displayName,mail,accountEnabled,department\nada_x,Ada,ada@acme.example,False,Sales\n',
    );
    expect(items.map(({ record }) => record)).toMatchObject([{ name: 'Ada', logins: ['ada_x'], status: 'suspended' }]);
  });

  test('YAML; a day of leaving that has passed beats a status that nobody updated', async () => {
    const yaml = `people:
  - { id: 1, name: Ada, emails: [ada@acme.example], status: active, left_on: 2026-05-31, aliases: [ada, "@ada"] }
  - { name: Bob, email: bob@acme.example, contract_end: 2026-12-31 }
  - { id: g, type: group, members: [ada@acme.example, bob@acme.example] }
`;
    const { items } = await read('people.yaml', yaml);
    expect(items.map(({ record }) => record)).toMatchObject([
      { id: '1', status: 'deprovisioned', logins: ['ada', '@ada'] },
      { id: 'bob@acme.example', status: 'active', leftAt: Date.UTC(2027, 0, 1) - 1 },
      { id: 'g', type: 'group', members: ['ada@acme.example', 'bob@acme.example'] },
    ]);
  });

  test.each(['alternateEmailAddress', 'Secondary email', 'Work Secondary Email', 'Other mails'])(
    'earlier and further addresses are of the same person: %s',
    async (heading) => {
      const csv = `id,displayName,mail,${heading},accountEnabled\n1,Ada Lovelace,ada@acme.example,ada.byron@acme.example,True\n`;
      const { items } = await read('people.csv', csv);
      expect(items[0]?.record).toMatchObject({ id: '1', emails: ['ada@acme.example', 'ada.byron@acme.example'] });
    },
  );

  test.each([
    ['Preferred Name', 'Bobby', 'Bob Noyce'],
    ['Preferred Name', 'Bobby Noyce', 'Bobby Noyce'],
    ['Display name', 'Invoices', 'Invoices', ''],
  ])('%s %s is called %s', async (heading, called, name, last = 'Noyce') => {
    const csv = `Employee #,First Name,Last Name,${heading},Work Email,Status\n2,${last && 'Bob'},${last},${called},bob@acme.example,Active\n`;
    expect((await read('people.csv', csv)).items[0]?.record.name).toBe(name);
  });

  test('a status may say by the way that somebody is of another house', async () => {
    const csv =
      'Employee #,Display name,Work Email,Employment Status\n1,Ada,ada@acme.example,Full-Time\n' +
      '2,Bob,bob@acme.example,Contractor\n3,Cy,cy@acme.example,Active External Suite\n4,Di,di@acme.example,no\n';
    const { items } = await read('people.csv', csv);
    const external = items.map(({ record }) => (record.kind === 'person' ? record.external : 'no person'));
    expect(external).toEqual([undefined, true, undefined, undefined]);
    const workday = await read('people.csv', 'Employee ID,Worker,Worker Status\n1,Ada [C],Active\n');
    expect(workday.items[0]?.record).toMatchObject({ name: 'Ada', external: true });
  });

  test('an address is read out of what mail programs write', async () => {
    const { items } = await read('p.csv', 'Employee ID,Email,Status\n7,Ada Lovelace <Ada@acme.example>,active\n');
    expect(items[0]?.record).toMatchObject({ emails: ['ada@acme.example'] });
  });

  test.each(['Date activated', 'externalId', 'Date of termination', 'Primary work email'])(
    'a heading such as "%s" is no slip of another one',
    async (heading) => {
      const { items } = await read('p.csv', `Employee ID,Name,Status,${heading}\n7,Ada,active,\n`);
      expect(items).toHaveLength(1);
    },
  );

  test('thousands of headings are no list of people, and are refused at once', async () => {
    const reading = read('p.csv', `id,emails,status${',name'.repeat(12_000)}\n`);
    await expect(reading).rejects.toThrow('p.csv, line 1: it has 12003 columns');
  });

  test('cells that go on for ever cost nothing', async () => {
    const [address, name] = [`x<${'y@'.repeat(30_000)}`, `A${' '.repeat(60_000)}b`];
    const taken = await processorTime(async () => {
      await read('p.csv', `Employee ID,Name,Email,Status\n7,${name},a@acme.example,active\n8,B,${address},active\n`);
    });
    expect(taken).toBeLessThan(1_500);
  });

  test('numbers that are too long to be told apart are no ids', async () => {
    const { items, blind } = await read(
      'people.yaml',
      'people:\n  - { id: 9007199254740993, name: Ada }\n  - { id: 9007199254740992, name: Bob }\n  - { id: "9007199254740993", name: Cy }\n',
    );
    expect(items.flatMap(({ record }) => (record.kind === 'person' ? record.id : []))).toEqual(['9007199254740993']);
    expect(blind.filter((line) => line.includes('put quotation marks around it'))).toHaveLength(2);
  });

  test('a leaver whose address is misspelt is still a leaver, and what was left out is told', async () => {
    const { items, blind } = await read(
      'p.csv',
      'id,emails,status\n1,canary;a@acme.example,terminated\n2,canary,active\n2,b@acme.example,active\n',
    );
    const persons = items.flatMap(({ record }) => (record.kind === 'person' ? record : []));
    expect(persons.map(({ id, status, emails }) => [id, status, emails])).toEqual([
      ['1', 'deprovisioned', ['a@acme.example']],
      ['2', 'active', ['b@acme.example']],
    ]);
    const told = 'was read without what cannot be understood: emails: write e-mail addresses with ; between them.';
    expect(blind.slice(0, 2)).toEqual(
      ['Row 1 (line 2)', 'Row 2 (line 3)'].map((row) => expect.stringContaining(`${row} ${told}`) as string),
    );
    expect(JSON.stringify([persons, blind])).not.toContain('canary');
  });

  test('a bad row is set aside with its number, never with its value, and is still searched for secrets', async () => {
    const { items, blind } = await read(
      'p.csv',
      'id,emails,status\n,canary,active\n,,active\n3,c@acme.example,active,surplus\n4,d@acme.example,active\n',
    );
    expect(items.filter(({ record }) => record.kind === 'person').map(({ record }) => record.id)).toEqual(['4']);
    expect(blind).toEqual([
      expect.stringContaining('Row 1 (line 2) was set aside: emails: write'),
      expect.stringContaining('Row 2 (line 3) was set aside: an id or an e-mail address is needed'),
      expect.stringContaining('Row 3 (line 4) was set aside: it has 4 cells, the header has 3'),
    ]);
    expect(blind.join()).not.toContain('canary');
    const aside = items.filter(({ onlyWithMatches }) => onlyWithMatches === true);
    expect(aside).toHaveLength(3);
    expect(JSON.stringify(aside[0]?.contents)).toContain('canary');
  });

  test('columns that nobody needs are passed over, named, and searched for secrets all the same', async () => {
    const csv =
      'Employee ID,First Name,Last Name,Email,Job Title,Location (office),Manager,Status,Hire Date\n' +
      '7,Ada,Lovelace,ada@acme.example,Countess canary,,9,Active,1/2/2020\n';
    const { items, blind } = await read('workers.csv', csv);
    expect(items[0]?.record).toMatchObject({ id: '7', name: 'Ada Lovelace', manager: '9', status: 'active' });
    expect(blind).toEqual([
      expect.stringContaining('Columns that were passed over: Job Title, Location (office), Hire Date.'),
    ]);
    expect(JSON.stringify(items[0]?.record)).not.toContain('canary');
    expect(JSON.stringify(items[0]?.contents)).toContain('canary');
  });

  test.each([
    ['a slip in another spelling', 'Email,Manager,Terminaton Date', 'did you mean "termination date"?'],
    [
      'who left, in words that nobody knows',
      'Email,Manager,Exited the firm',
      'unknown column "Exited the firm"; known are',
    ],
    ['a status of another name', 'Email,Manager,Employment (active)', 'unknown column'],
  ])('%s is not passed over, for everybody would be here', async (_, header, refusal) => {
    const reading = read('p.csv', `${header}\na@acme.example,b@acme.example,2020-01-01\n`);
    await expect(reading).rejects.toThrow(refusal);
  });

  test('what only sounds like it is passed over, where a last day is known or not', async () => {
    for (const header of ['Email,Name,Gender,Department head', 'Email,Last day,Marital status'])
      expect((await read('p.csv', `${header}\na@acme.example,,,\n`)).items).toHaveLength(1);
  });

  test('a list of something else is none of people', async () => {
    await expect(read('p.csv', 'sku,price,email\n1,2,a@acme.example\n')).rejects.toThrow(
      'unknown column "sku"; known are',
    );
  });

  test('a column that looks like a slip stops the reading, with what was meant', async () => {
    await expect(read('p.csv', 'id,name,emials\n1,A,a@acme.example\n')).rejects.toThrow(
      'p.csv, line 1: unknown column "emials"; did you mean "emails"?',
    );
    await expect(read('p.yaml', 'people: [{ id: 1, statsu: active }]')).rejects.toThrow(
      'p.yaml, item 1: unknown column "statsu"; did you mean "status"?',
    );
    await expect(read('p.yaml', 'persons: []')).rejects.toThrow('a list under the key "people"');
    await expect(read('p.csv', 'id,name\n1,"open\n')).rejects.toThrow(/p\.csv.*not valid CSV/);
    await expect(read('p.yaml', 'people: [')).rejects.toThrow(/line \d+, column \d+/);
  });

  test('a header that is really a value is not repeated', async () => {
    const pasted = `xx_${'4f'.repeat(12)}`;
    await expect(read('p.csv', `${pasted},b\n`)).rejects.not.toThrow(pasted);
  });

  test('pages of 500 rows; goes on behind the last one', async () => {
    const csv = `id,emails\n${Array.from({ length: 1200 }, (_, at) => `${at + 1},p${at}@acme.example`).join('\n')}\n`;
    const whole = await read('p.csv', csv);
    expect(whole.pages.map(({ items }) => items.length)).toEqual([500, 500, 200]);
    const rest = await read('p.csv', csv, { row: 1000 });
    expect(rest.items.map(({ record }) => record.id)).toEqual(whole.items.slice(1000).map(({ record }) => record.id));
  });

  test('an empty list is fine', async () => {
    expect((await read('p.csv', 'id,emails\n')).items).toEqual([]);
    expect((await read('p.yaml', '')).items).toEqual([]);
  });
});

test('a directory is found by its first lines', () => {
  expect(looksLikePeople(Buffer.from('id,name,emails,status\n'))).toBe(true);
  expect(looksLikePeople(Buffer.from('Employee ID;Display name;E-Mail;Manager\n'))).toBe(true);
  expect(looksLikePeople(Buffer.from('# ours\npeople:\n  - id: 1\n    emails: [a@acme.example]\n'))).toBe(true);
  expect(looksLikePeople(Buffer.from('Employee ID,First Name,Email,Job Title,Manager,Status\n'))).toBe(true);
  // Requests and things have a status and an end too, and it is not a person's.
  expect(looksLikePeople(Buffer.from('Employee ID,Email,Manager,Leave type,Start date,End date,Status\n'))).toBe(false);
  expect(looksLikePeople(Buffer.from('Asset,Serial number,Email,Manager,Status,Department\n'))).toBe(false);
  // A list of customers: nobody there leaves.
  expect(looksLikePeople(Buffer.from('id,name,email,status,company\n'))).toBe(false);
  expect(looksLikePeople(Buffer.from('id,name,price\n'))).toBe(false);
  expect(looksLikePeople(Buffer.from('platform,type,name,owner\n'))).toBe(false);
  expect(looksLikePeople(Buffer.from('{"id":1}'))).toBe(false);
  expect(looksLikePeople(Buffer.from(''))).toBe(false);
});

test('empty lines above it cost nothing', async () => {
  const taken = await processorTime(() => looksLikePeople(Buffer.from(`${'\n'.repeat(30)}people: none\n`)));
  expect(taken).toBeLessThan(1_000);
});
