import { describe, expect, test } from 'vitest';
import { processorTime } from '../../test/helpers/processor-time.ts';
import { orderOf, readDay, type DateOrder } from './list-dates.ts';

const said = (cell: string, order?: DateOrder): string => {
  const day = readDay(cell, order);
  if (day === undefined) return 'no date';
  if (day.is === 'day') return new Date(day.at).toISOString().replace('T00:00:00.000Z', '').replace('.000Z', 'Z');
  if (day.is !== 'either') return day.is;
  return [day.earliest, day.latest].map((at) => new Date(at).toISOString().slice(0, 10)).join(' or ');
};

describe('a date', () => {
  test.each([
    ['2025-12-31', '2025-12-31'],
    ['2025/12/31', '2025-12-31'],
    ['20251231', '2025-12-31'],
    ['2025-12-31T16:30:00+01:00', '2025-12-31T15:30:00Z'],
    ['2025-12-31 16:30:00Z', '2025-12-31T16:30:00Z'],
    ['2025-12-31 16:30', '2025-12-31T16:30:00Z'],
    ['2025-12-31-08:00', '2025-12-31'],
    ['2025-12-31Z', '2025-12-31'],
    ['2024-02', '2024-02-29'],
    ['02/2024', '2024-02-29'],
    ['12.2025', '2025-12-31'],
    ['Oct 2025', '2025-10-31'],
    ['Dezember 2025', '2025-12-31'],
    ['2025', '2025-12-31'],
    ['31.12.2025', '2025-12-31'],
    ['1. 3. 2025', '2025-03-01'],
    ['31.12.25', '2025-12-31'],
    ['31.12.2025 00:00:00', '2025-12-31'],
    ['31-Dec-2025', '2025-12-31'],
    ['31-DEC-25', '2025-12-31'],
    ['3 Jan 2024', '2024-01-03'],
    ['31/Dec/2025', '2025-12-31'],
    ['1er août 2025', '2025-08-01'],
    ['31. Dezember 2025', '2025-12-31'],
    ['1. März 2025', '2025-03-01'],
    ['1 août 2025', '2025-08-01'],
    ['Wednesday, December 31, 2025 4:00:00 PM', '2025-12-31T16:00:00Z'],
    ['12/31/2025 4:00:00 PM', '2025-12-31T16:00:00Z'],
    ['31/12/2025 16:00:00', '2025-12-31T16:00:00Z'],
    ['45292', '2024-01-01'],
    ['45292.5', '2024-01-01T12:00:00Z'],
    ['133000000000000000', '2022-06-18T04:26:40Z'],
    ['1700000000', '2023-11-14T22:13:20Z'],
    ['20251231120000.0Z', '2025-12-31'],
    ['03/04/2026', '2026-03-04 or 2026-04-03'],
    ['03-04-2026', '2026-03-04 or 2026-04-03'],
    ['25/12/31', '2025-12-31 or 2031-12-25'],
    ['04/04/2026', '2026-04-04'],
  ])('%s is %s', (cell, day) => {
    expect(said(cell)).toBe(day);
  });

  test.each([
    '0',
    '9223372036854775807',
    '12/31/1600 4:00:00 PM',
    '01.01.1601 01:00:00',
    '9999-12-31',
    '31.12.9999',
    'never',
    'unbefristet',
    'Never expires',
    'läuft nicht ab',
    '—',
  ])('%s is never', (cell) => {
    expect(said(cell)).toBe('never');
  });

  test.each([
    '1970-01-01',
    '1900-01-01',
    '1/0/1900',
    '0000-00-00 00:00:00',
    '0001-01-01',
    'unknown',
    '#N/A',
    '#NV',
    'NaT',
    'NaN',
    '(null)',
    '(blank)',
    'TBC',
  ])('%s is what stands where there is none', (cell) => {
    expect(said(cell)).toBe('open');
  });

  test.each(['31.02.2025', '2025-13-01', '12.31.2025', '32/12/2025', 'soon', '31 Foo 2025', '7', '2025-12-31 26:00'])(
    '%s is no date',
    (cell) => {
      expect(said(cell)).toBe('no date');
    },
  );

  test('with slashes follows the order of its column', () => {
    expect(said('03/04/2026', 'day-first')).toBe('2026-04-03');
    expect(said('03/04/2026', 'month-first')).toBe('2026-03-04');
    expect(said('31/12/2026', 'month-first')).toBe('no date');
    expect(said('25/12/31', 'day-first')).toBe('2031-12-25');
  });
});

test('a cell that goes on for ever is no date, and costs nothing', async () => {
  const cell = `31/12/2026 ${'t '.repeat(40_000)}`;
  const taken = await processorTime(() => {
    expect([readDay(cell, undefined), orderOf(cell)]).toEqual([undefined, undefined]);
  });
  expect(taken).toBeLessThan(1_000);
});

test('one date proves how a column is written, where it can be written one way only', () => {
  expect(['31/12/2025', '12/31/2025', '12/31/25', '03/04/2026'].map(orderOf)).toEqual([
    'day-first',
    'month-first',
    'month-first',
    'open',
  ]);
  // A year of two digits may come first.
  expect(orderOf('25/12/31')).toBe('open');
  expect(['04/04/2026', '2025-12-31', '31.12.2025', ''].map(orderOf)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
