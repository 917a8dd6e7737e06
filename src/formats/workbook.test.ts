import { expect, test } from 'vitest';
import { processorTime } from '../../test/helpers/processor-time.ts';
import { workbook } from '../../test/helpers/workbook.ts';
import { zipOf } from '../../test/helpers/zip.ts';
import { readDocument } from './document.ts';
import { defaultLimits } from './reading.ts';
import { readWorkbook } from './workbook.ts';

const sheetsOf = async (bytes: Buffer) => (await readWorkbook('list.xlsx', bytes, defaultLimits)).sheets;

test('the cells of a sheet stand in lines at the numbers of their rows', async () => {
  const bytes = workbook({
    People: [
      ['A title'],
      [],
      ['Name', 'E-mail', 'Since'],
      ['Lovelace, "Ada"', undefined, 46_000],
      ['R&D < all', 'b;c', 1.5],
    ],
    Legend: [['Word', 'Meaning']],
  });
  expect(await sheetsOf(bytes)).toEqual([
    { name: 'People', csv: 'A title\n\nName,E-mail,Since\n"Lovelace, ""Ada""",,46000\nR&D < all,"b;c",1.5\n' },
    { name: 'Legend', csv: 'Word,Meaning\n' },
  ]);
});

test('what other programs write is read too: prefixes, texts in their cells, runs of a text, booleans, lines in a cell', async () => {
  const sheet =
    '<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Ada</x:t></x:is></x:c><x:c t="s"><x:v>0</x:v></x:c>' +
    '<x:c t="b"><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c t="str"><x:v>made</x:v></x:c></x:row></x:sheetData></x:worksheet>';
  const bytes = zipOf([
    { name: 'xl/workbook.xml', content: '<x:workbook><x:sheets><x:sheet name="S" r:id="a"/></x:sheets></x:workbook>' },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: '<Relationships><Relationship Id="a" Target="/xl/worksheets/s.xml"/></Relationships>',
    },
    { name: 'xl/worksheets/s.xml', content: sheet },
    {
      name: 'xl/sharedStrings.xml',
      content:
        '<x:sst><x:si><x:r><x:t>Bo_x000D_</x:t></x:r><x:r><x:t>b\nCy</x:t></x:r><x:rPh sb="0"><x:t>reading</x:t></x:rPh></x:si></x:sst>',
    },
  ]);
  expect(await sheetsOf(bytes)).toEqual([{ name: 'S', csv: 'Ada,"Bob; Cy",true,,made\n' }]);
});

test('a row far down and a column far out cost nothing', async () => {
  const sheet =
    '<worksheet><row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="5"><c r="ZZZ9"><v>2</v></c></row></worksheet>';
  const bytes = zipOf([
    { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>' },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: '<Relationships><Relationship Id="a" Target="worksheets/s.xml"/></Relationships>',
    },
    { name: 'xl/worksheets/s.xml', content: sheet },
  ]);
  const [read] = await sheetsOf(bytes);
  expect(read?.csv.split('\n').map((line) => line.length)).toEqual([16_384, 0, 0, 0, 0, 0]);
});

test.each([
  ['readings that never end', '<rPh '.repeat(200_000)],
  ['blanks', `<t>${' '.repeat(300_000)}x</t>`],
  ['elements that never end', '<t '.repeat(200_000)],
])('a text of %s costs nothing', async (_, inner) => {
  const bytes = zipOf([
    { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>' },
    { name: 'xl/sharedStrings.xml', content: `<sst><si>${inner}</si></sst>` },
  ]);
  expect(await processorTime(() => sheetsOf(bytes))).toBeLessThan(1_000);
});

test.each(['list.xls', 'list.xlsx'])('one that is old or locked says what to do: %s', async (path) => {
  const bytes = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  expect((await readDocument(path, bytes)).blind).toEqual([
    {
      subject: path,
      // Whoever asked for it can have it read, so that the summary of a scan names it.
      reason: 'config',
      detail: expect.stringContaining('without a password') as string,
      expected: 'expected',
    },
  ]);
  const [letter] = (await readDocument('letter.doc', bytes)).blind;
  expect(letter?.detail).not.toContain('workbook');
});

test('all of it is one text to those who look for secrets; what cannot be read is told', async () => {
  const reading = await readDocument('keys.xlsx', workbook({ A: [['one']], B: [['two']] }));
  expect(reading).toMatchObject({ document: { text: 'one\n\ntwo\n', syntax: 'text' }, blind: [] });
  const early = await readDocument('keys.xlsx', workbook({ A: [['one']] }, '<workbookPr date1904="1"/>'));
  expect(early.blind).toMatchObject([{ reason: 'not-supported', detail: expect.stringContaining('1904') as string }]);
  const none = await readDocument('keys.xlsx', zipOf([{ name: 'flows/a.json', content: '{}' }]));
  expect(none).toMatchObject({ blind: [{ subject: 'keys.xlsx', reason: 'unreadable' }] });
});
