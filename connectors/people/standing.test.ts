import { describe, expect, test } from 'vitest';
import { readList } from '../../test/helpers/read-list.ts';
import { DAY, HOUR, type Instant } from '../../src/sdk/index.ts';
import { people } from './index.ts';

const TODAY = Date.UTC(2026, 10, 21);

/** Ada on a list with these headings, read at this moment. */
async function ada(fields: { readonly [heading: string]: string }, now: Instant = TODAY + 9 * HOUR) {
  const csv = `id,emails,${Object.keys(fields).join(',')}\n7,ada@acme.example,${Object.values(fields).join(',')}\n`;
  const pages = people.streams['people']!.pages;
  const { items, blind } = await readList((ctx) => pages({ ...ctx, now }), 'people.csv', csv);
  const record = items[0]?.record;
  return { ...(record?.kind === 'person' ? record : {}), blind };
}

describe('somebody who leaves', () => {
  const lastDay = { status: 'Active', 'Last day': '2026-11-21' };

  test('is here until the last day is over, and gone on the next', async () => {
    for (const at of [TODAY - 1, TODAY, TODAY + DAY - 1])
      expect(await ada(lastDay, at), new Date(at).toISOString()).toMatchObject({ status: 'active' });
    expect(await ada(lastDay, TODAY + DAY)).toMatchObject({ status: 'deprovisioned', leftAt: TODAY + DAY - 1 });
  });

  test('at a certain time is gone from then on', async () => {
    const fields = { status: 'Active', 'Deactivated on': '2026-11-21T08:30:00Z' };
    expect(await ada(fields)).toMatchObject({ status: 'deprovisioned', leftAt: TODAY + 8.5 * HOUR });
    expect(await ada(fields, TODAY + 8 * HOUR)).toMatchObject({ status: 'active' });
  });

  test.each([
    ['09/10/2026', 'deprovisioned'],
    ['11/12/2026', 'unknown'],
    ['11/12/2027', 'active'],
  ])('on one of two days, %s, is %s', async (day, status) => {
    expect(await ada({ status: 'Active', 'Last day': day })).toMatchObject({ status });
  });

  test.each(['-', '–', '—', 'n/a', 'never', 'No', '9999-12-31', '0000-00-00'])(
    'on %s does not leave, which takes nothing from what is known',
    async (never) => {
      expect(await ada({ status: 'Active', 'Last day': never })).toMatchObject({ status: 'active', blind: [] });
    },
  );

  test('may have left on a day that cannot be read, but not by the day of a change of team', async () => {
    const told = expect.stringContaining('write a date as 2026-11-21');
    expect(await ada({ status: 'Active', 'Last day': 'see HR' })).toMatchObject({ status: 'unknown', blind: [told] });
    expect(await ada({ status: 'Active', 'Transfer date': 'see HR' })).toMatchObject({
      status: 'active',
      blind: [told],
    });
  });

  test('leaves when the contract ends, unless another last day is known', async () => {
    expect(await ada({ status: 'Active', 'Contract ends': '2026-10-31' })).toMatchObject({ status: 'deprovisioned' });
    const longer = { status: 'Active', 'Last day': '2027-03-31', 'Contract ends': '2026-10-31' };
    expect(await ada(longer)).toMatchObject({ status: 'active', leftAt: Date.UTC(2027, 3, 1) - 1 });
  });
});

describe('somebody of another house', () => {
  test.each([
    [{ 'Employment type': 'External' }, true],
    [{ 'Worker type': 'Contingent Worker' }, true],
    [{ 'User type': 'Guest' }, true],
    [{ 'Employment type': 'Internal' }, false],
    [{ 'Worker type': 'Employee' }, false],
    [{ 'User type': 'Member' }, false],
    [{ 'User type': 'Member', 'Employee type': 'Contractor' }, true],
    [{ Beschäftigungsart: 'Befristet' }, false],
    [{ 'Employment type': 'Grade 7' }, undefined],
    // Whoever is employed for a time is of the house.
    [{ 'Contract ends': '2027-03-31' }, undefined],
    [{ 'Contract ends': '2027-03-31', 'Employment type': 'Internal' }, false],
    [{ 'Contract ends': '2027-03-31', Status: 'Contractor' }, true],
  ] as const)('%j: %s', async (fields, external) => {
    const { blind: _, ...record } = await ada({ Active: 'yes', ...fields });
    expect('external' in record ? record.external : undefined).toBe(external);
  });
});
