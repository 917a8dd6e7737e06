import { expect, test } from 'vitest';
import { table, width, type Column } from './style.ts';

interface Row {
  id: string;
  what: string;
  where: string;
  owner: string;
}

const columns: readonly Column<Row>[] = [
  { title: 'id', text: ({ id }) => id },
  { title: 'what', text: ({ what }) => what, flexible: true },
  { title: 'where', text: ({ where }) => where, flexible: true },
  { title: 'owner', text: ({ owner }) => owner, flexible: true },
  { title: 'due', text: () => '2026-11-29' },
];
const row = (what: string, where = 'Invoice approval', owner = 'Priya Nair'): Row => ({
  id: '6e1542bea0',
  what,
  where,
  owner,
});
const long = row('Anybody can start the workflow without proving who they are', '請求書の承認フロー'.repeat(9));

test.each([60, 80, 120, 200])('a table of %i columns is no wider than the terminal', (wide) => {
  const lines = table([long, row('x'.repeat(500))], columns, { colour: false, columns: wide })
    .trimEnd()
    .split('\n');
  expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(wide);
});

test('what one column does not need, the others get', () => {
  const [, line = ''] = table([row('w'.repeat(200))], columns, { colour: false, columns: 120 }).split('\n');
  expect(width(line)).toBe(120);
  expect(line).toContain('Invoice approval  Priya Nair');
});

test('on a narrow terminal columns that can be left out make room for what there is to read', () => {
  const more = columns.map((column) => (column.title === 'due' ? { ...column, spare: true as const } : column));
  const titles = (wide: number) => table([long], more, { colour: false, columns: wide }).split('\n')[0]?.split(/ +/);
  expect(titles(120)).toEqual(['id', 'what', 'where', 'owner', 'due']);
  expect(titles(60)).toEqual(['id', 'what', 'where', 'owner']);
});

test('a column is never cut to nothing, however narrow the terminal', () => {
  const [, line = ''] = table([long], columns, { colour: false, columns: 10 }).split('\n');
  expect(line).toMatch(/^6e1542bea0 {2}\S+… {2}\S+… +\S+… +2026-11-29$/);
});
