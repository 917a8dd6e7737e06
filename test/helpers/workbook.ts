import { zipOf } from './zip.ts';

/** A cell as Excel stores it: a text, a number (of days, for a date), or nothing. */
export type Cell = string | number | undefined;

/** A workbook with these sheets, as Excel writes it: texts in a table of their own, dates as numbers. */
export function workbook(sheets: { readonly [name: string]: readonly (readonly Cell[])[] }, more = ''): Buffer {
  const names = Object.keys(sheets);
  const texts: string[] = [];
  const parts = names.map((name, at) => ({
    name: `xl/worksheets/sheet${at + 1}.xml`,
    content: `<worksheet><sheetData>${(sheets[name] ?? []).map((row, line) => rowOf(row, line + 1, texts)).join('')}</sheetData></worksheet>`,
  }));
  const list = names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('');
  const rels = names
    .map((_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`)
    .join('');
  return zipOf([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'xl/workbook.xml', content: `<workbook>${more}<sheets>${list}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${rels}</Relationships>` },
    ...parts,
    {
      name: 'xl/sharedStrings.xml',
      content: `<sst>${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    },
  ]);
}

function rowOf(cells: readonly Cell[], line: number, texts: string[]): string {
  const written = cells.map((cell, at) => {
    const place = `${String.fromCodePoint(65 + at)}${line}`;
    if (cell === undefined) return '';
    if (typeof cell === 'number') return `<c r="${place}" s="1"><v>${cell}</v></c>`;
    return `<c r="${place}" t="s"><v>${texts.push(cell) - 1}</v></c>`;
  });
  return written.join('') === '' ? '' : `<row r="${line}">${written.join('')}</row>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
