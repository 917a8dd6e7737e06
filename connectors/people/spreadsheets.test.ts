import { describe, expect, test } from 'vitest';
import { readList } from '../../test/helpers/read-list.ts';
import { people } from './index.ts';
import { looksLikePeople } from './recognise.ts';

type Dates = 'day-first' | 'month-first';
const read = async (content: string | Buffer, dates?: Dates, resume?: { row: number }) => {
  const pages = people.streams['people']!.pages;
  const list = await readList((ctx) => pages({ ...ctx, config: { ...ctx.config, dates } }), 'p.csv', content, resume);
  const persons = list.items.flatMap(({ record }) => (record.kind === 'person' ? [record] : []));
  return { ...list, persons, is: persons.map(({ status }) => status) };
};
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const wide = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const simple = 'Personalnummer;Nachname;E-Mail;Status\r\n7;Müller;m@acme.example;inaktiv\r\n';

describe('a list as a spreadsheet saves it', () => {
  test.each([
    ['with a byte-order mark', Buffer.from(`\uFEFF${simple}`)],
    ['as Unicode text with tabs', wide(simple.replaceAll(';', '\t'))],
    ['in the code page of Windows', latin(simple)],
    ['with the separator in its first line', Buffer.from(`sep=;\r\n${simple}`)],
    ['with a title and an empty line above', Buffer.from(`Mitarbeiter am 22.11.2026;;;\r\n;;;\r\n${simple}`)],
    ['with empty columns and rows', Buffer.from(`${simple.replaceAll('\r\n', ';;\r\n')};;;;;\r\n;;;;;\r\n`)],
    ['with totals below', Buffer.from(`${simple}Summe;1;;\r\nErstellt am 22.11.2026, Seite 1\r\n`)],
    ['with its headings again', Buffer.from(`${simple}${simple.split('\r\n', 1)[0]}\r\n`)],
  ])('%s', async (_, content) => {
    const { persons, blind } = await read(content);
    expect(persons).toMatchObject([{ id: '7', name: 'Müller', status: 'deprovisioned', emails: ['m@acme.example'] }]);
    expect(blind.filter((line) => !line.includes('passed over'))).toEqual([]);
    expect(looksLikePeople(content)).toBe(true);
  });

  test('names outside Latin-1 in the code page of Windows', async () => {
    const bytes = Buffer.concat([
      latin('id,name,emails,status\n1,'),
      Buffer.from([0x8a]),
      latin('im\xfan,s@acme.example,active\n'),
    ]);
    expect((await read(bytes)).persons[0]?.name).toBe('Šimún');
  });

  test('formulas and apostrophes that keep zeroes, line ends and quotation marks in cells', async () => {
    const { persons } = await read(
      'Employee ID,Name,Email,Status,Team\n="00123",Ada "Ace" L,a@acme.example,active,"Sales\nEMEA"\n\'0042,\'t Hooft,b@acme.example,active,\n',
    );
    expect(persons).toMatchObject([
      { id: '00123', name: 'Ada "Ace" L', teams: ['Sales', 'EMEA'] },
      { id: '0042', name: "'t Hooft" },
    ]);
  });

  test('rounded numbers are no ids, for several people share them', async () => {
    const { persons, blind } = await read(
      'Employee ID,Email,Status\n1.23457E+11,a@acme.example,active\n"1,23457E+11",b@acme.example,terminated\n',
    );
    expect(persons.map(({ id }) => id)).toEqual(['a@acme.example', 'b@acme.example']);
    expect(blind).toEqual([expect.stringMatching(/a spreadsheet has rounded a number.*line 2/)]);
  });

  test('a name with nothing behind it is a row that lacks the rest, and is told', async () => {
    const { blind } = await read(
      'Name,Email,Status\nAda L,a@acme.example,active\nBob van Dyk,,\nFor internal use only,,\n',
    );
    expect(blind).toEqual([
      expect.stringContaining('Row 2 (line 3) was set aside: an id or an e-mail address is needed'),
      expect.stringContaining('Titles, totals and repeated headings were passed over. First seen in line 4'),
    ]);
  });

  test('a total is no person, and what looks like one in a short list is', async () => {
    const { persons } = await read(
      'Employee ID,Email,Status\n7,a@acme.example,active\nTotal,1,\nsolo@acme.example,,\nCount Users: 2,,\nSum Wong,,terminated\n',
    );
    expect(persons.map(({ id }) => id)).toEqual(['7', 'solo@acme.example', 'Sum Wong']);
  });
});

describe('days of leaving', () => {
  const endOf = (year: number, month: number, day: number): number => Date.UTC(year, month, day + 1) - 1;
  const list = (...days: readonly string[]): string =>
    `id,emails,left_on\n${days.map((day, at) => `${at},p${at}@acme.example,${day}`).join('\n')}\n`;

  test('with slashes are read when one of them shows the order, be it the last', async () => {
    const { persons, blind } = await read(list('03/04/2025', '', '31/12/2024'));
    expect(persons.map(({ leftAt }) => leftAt)).toEqual([endOf(2025, 3, 3), undefined, endOf(2024, 11, 31)]);
    expect(blind).toEqual([]);
  });

  test('that nothing settles are told once, and nobody is taken for present by them', async () => {
    const { persons, is, blind } = await read(list('03/04/2020', '01/02/1971', '03/04/2999', ''));
    expect(is).toEqual(['deprovisioned', 'deprovisioned', 'active', 'active']);
    expect(persons.map(({ leftAt }) => leftAt)).toEqual([undefined, undefined, undefined, undefined]);
    expect(blind).toEqual([
      expect.stringMatching(/left_on: nobody can tell from line 2 .*write dates: day-first or dates: month-first/),
    ]);
  });

  test('of which one has passed and the other has not leave open who is here', async () => {
    // The clock stands at 1 June.
    expect((await read(list('07/05/2026', '05/07/2026'))).is).toEqual(['unknown', 'unknown']);
  });

  test('are settled by the source where no date does it', async () => {
    expect((await read(list('03/04/2020'), 'day-first')).persons[0]?.leftAt).toBe(endOf(2020, 3, 3));
    expect((await read(list('03/04/2020'), 'month-first')).persons[0]?.leftAt).toBe(endOf(2020, 2, 4));
  });

  test('that contradict each other or the source are told once', async () => {
    const both = await read(list('31/12/2024', '12/31/2024', '03/04/2020'));
    expect(both.blind).toEqual([expect.stringMatching(/line 2 has the day first and line 3 the month/)]);
    expect(both.is).toEqual(['deprovisioned', 'deprovisioned', 'deprovisioned']);
    const other = await read(list('31/12/2024', '03/04/2020'), 'month-first');
    expect(other.blind).toEqual([
      expect.stringMatching(/line 2 is written day-first, and the source says dates: month-first/),
    ]);
  });

  test('that stand for none keep people here', async () => {
    const { is, blind } = await read(
      list('9999-12-31', '1970-01-01', '1900-01-01', '0', 'no', 'never', '9223372036854775807'),
    );
    expect(is).toEqual(Array.from({ length: 7 }, () => 'active'));
    expect(blind).toEqual([]);
  });

  test('that cannot be read are told once, and leave open who is here unless something else says it', async () => {
    const { is, blind } = await read(
      'id,emails,status,left_on\n1,a@acme.example,active,see HR\n2,b@acme.example,terminated,see HR\n3,c@acme.example,active,\n',
    );
    expect(is).toEqual(['unknown', 'deprovisioned', 'active']);
    expect(blind).toEqual([
      expect.stringContaining('left_on: write a date as 2026-11-21, or never. First seen in line 2'),
    ]);
  });

  test('may be a yes', async () => {
    const { is } = await read('Personalnummer;E-Mail;Ausgeschieden\n1;a@acme.example;ja\n2;b@acme.example;nein\n');
    expect(is).toEqual(['deprovisioned', 'active']);
  });

  test('stand in several columns: the first of them counts', async () => {
    const { persons } = await read(
      'id,emails,Termination date,Last working day\n1,a@acme.example,2025-03-31,2025-03-20\n',
    );
    expect(persons[0]?.leftAt).toBe(endOf(2025, 2, 20));
  });
});

describe('who is here', () => {
  const rows = (header: string, ...cells: readonly string[]): string =>
    `id,emails,${header}\n${cells.map((cell, at) => `${at},p${at}@acme.example,${cell}`).join('\n')}\n`;

  test.each([
    ['Enabled', 'TRUE,FALSE', 'active suspended'],
    ['accountEnabled', 'Wahr,Falsch', 'active suspended'],
    ['AccountDisabled', 'TRUE,FALSE', 'suspended active'],
    ['Block credential', 'FALSE,TRUE', 'active suspended'],
    ['isSuspended', 'false,true', 'active suspended'],
    ['Deaktiviert', 'nein,ja', 'active suspended'],
    ['Active Status', 'Yes,No', 'active suspended'],
    ['Status,Activated', 'ACTIVE;2020-01-02T03:04:05.000Z,DEPROVISIONED;', 'active deprovisioned'],
    ['Status,Archived', 'ACTIVE;,ACTIVE;2020-01-02', 'active suspended'],
    ['Active', 't,f', 'active suspended'],
    ['Position status', 'A,T,L', 'active deprovisioned active'],
    ['Statut', 'Actif,Parti,Désactivé', 'active deprovisioned suspended'],
    ['Status', 'Aktiv,Ausgeschieden,Deaktiviert', 'active deprovisioned suspended'],
    ['Sign-in status', 'Allowed,Blocked', 'active suspended'],
  ])('%s: %s', async (header, cells, expected) => {
    const { is, blind } = await read(rows(header, ...cells.split(',').map((cell) => cell.replace(';', ','))));
    expect(is.join(' ')).toBe(expected);
    expect(blind).toEqual([]);
  });

  test('is weighed where two columns differ: nobody is here whom one of them says gone', async () => {
    const { is } = await read(
      rows('Status,Enabled', 'Active,False', 'Terminated,True', 'Sabbatical,True', 'Sabbatical,False'),
    );
    expect(is).toEqual(['suspended', 'deprovisioned', 'unknown', 'suspended']);
  });

  test('is not known by an unknown word, which is told once with what may be written', async () => {
    const { is, blind } = await read(rows('Status', 'Sabbatical', 'Sabbatical', 'active', `4f${'9c'.repeat(9)}`));
    expect(is).toEqual(['unknown', 'unknown', 'active', 'unknown']);
    expect(blind).toEqual([
      expect.stringMatching(/the word "Sabbatical" is not known.*write active, on leave.*First seen in line 2/),
      expect.stringMatching(/status: a word is not known.*line 5/),
    ]);
    expect(blind.join()).not.toContain('9c9c');
  });

  test('is told of fifty unknown words, and that there are more', async () => {
    const words = Array.from(
      { length: 80 },
      (_, at) => `Word ${String.fromCodePoint(97 + (at % 26), 97 + Math.floor(at / 26))}`,
    );
    const { is, blind } = await read(rows('Status', ...words));
    expect(new Set(is)).toEqual(new Set(['unknown']));
    expect(blind).toHaveLength(52);
    expect(blind.at(-2)).toContain('There is more of this kind than is told here');
    expect(blind.at(-1)).toContain('Nobody on the list is here');
  });

  test('is not known by a switch that is empty', async () => {
    expect((await read(rows('Enabled', 'True', ''))).is).toEqual(['active', 'unknown']);
    const empty = await read(rows('Status', '', ''));
    expect(empty.is).toEqual(['unknown', 'unknown']);
    expect(empty.blind).toEqual([expect.stringMatching(/no row has anything in this column/)]);
  });

  test('is not known by an empty cell of an export that says it of others, which is told once', async () => {
    const { is, blind } = await read(rows('Status,Type', 'Active,', 'Terminated,', ',', ',human', ',group'));
    expect(is).toEqual(['active', 'deprovisioned', 'unknown', 'unknown', 'active']);
    expect(blind).toEqual([expect.stringMatching(/status schema: A row says nothing .*First seen in line 4/)]);
    expect((await read(rows('Status', 'Terminated', ''))).is).toEqual(['deprovisioned', 'active']);
  });

  test('is said in words that others use for a kind of employment', async () => {
    const { persons, is } = await read(
      rows(
        'Status,Employment status,Employment type',
        'Active,Contractor,Contractor',
        'Active,Intern,Permanent contract',
      ),
    );
    expect(is).toEqual(['active', 'active']);
    expect(persons.map(({ external }) => external)).toEqual([true, false]);
  });

  test('is nobody: which may be a list of leavers, or a column read the wrong way round', async () => {
    const { blind } = await read(rows('Enabled', ...Array.from({ length: 5 }, () => 'False')));
    expect(blind).toEqual([expect.stringContaining('Nobody on the list is here')]);
  });

  test('is everybody, where no column says otherwise: and that is told', async () => {
    const { is, blind } = await read('id,emails,Site\n1,a@acme.example,Bern\n');
    expect(is).toEqual(['active']);
    expect(blind.join()).toContain('No column says who has left');
  });

  test('is told of a column that sounds like leaving beside one that is understood', async () => {
    const { blind } = await read(rows('Status,Exited the firm', 'active,2020-01-01'));
    expect(blind).toEqual([
      expect.stringContaining('Columns that were not understood, though they sound needed: Exited the firm'),
    ]);
  });
});

test('a broken reading that goes on finds and says the same as a whole one', async () => {
  const row = (at: number): string =>
    `${at % 700},p${at % 700}@acme.example,${at === 1100 ? 'Sabbatical' : 'active'},${at === 1199 ? '31/12/2020' : at % 50 === 0 ? '03/04/2020' : ''}`;
  const csv = `id,emails,Status,Last day,Site\n${Array.from({ length: 1200 }, (_, at) => row(at)).join('\n')}\n`;
  const whole = await read(csv);
  expect(whole.pages.length).toBeGreaterThan(2);
  for (const [at, page] of whole.pages.entries()) {
    if (page.next === undefined) continue;
    const rest = await read(csv, undefined, page.next as { row: number });
    expect(rest.pages).toEqual(whole.pages.slice(at + 1));
    // What was said by then was written with the page.
    expect(whole.blind.slice(-rest.blind.length || whole.blind.length)).toEqual(rest.blind);
  }
});
