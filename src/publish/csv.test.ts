import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { shown } from '../core/finding.ts';
import { whole } from '../../test/helpers/collect.ts';
import { organisation, reportSources } from '../../test/helpers/register.ts';
import { hostileOrganisation } from '../../test/helpers/report-hostile.ts';
import { empty } from '../../test/helpers/report-store.ts';
import { inventoryCsv, ownersCsv, risksCsv } from './csv-tables.ts';
import { csv, findingsCsv } from './csv.ts';

type Row = Record<string, string>;

async function rows(pieces: AsyncIterable<string>): Promise<Row[]> {
  return parse<Row>(await whole(pieces), { bom: true, columns: true });
}

async function* page<T>(...values: readonly T[]): AsyncGenerator<readonly T[]> {
  yield values;
}

describe('findings', () => {
  test('has a row for every finding that is not closed, worst first, with owner, deadline and fix', async () => {
    const holdings = organisation();
    const table = await rows(findingsCsv(reportSources(holdings)));
    expect(table.length).toBe(holdings.findings.filter((one) => one.state === 'open').length);
    expect(table[0]).toMatchObject({ severity: 'critical', state: 'open', disposition: 'none' });
    const order = table.map((row) => ['critical', 'high', 'medium', 'low', 'info'].indexOf(row.severity ?? ''));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    const owned = table.find((row) => row.owner !== 'unassigned' && row.state === 'open');
    expect(owned?.owner).toMatch(/^.+ <.+@acme\.example>$/);
    expect(owned?.sla_due).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(owned?.location).toMatch(/\.json:\d+ · /);
    expect(owned?.controls).toContain('nist-csf-2.0 ');
    expect(table.filter((row) => row.owner === 'unassigned').length).toBeGreaterThan(0);
  });

  test('an accepted finding says until when and has no deadline', async () => {
    const holdings = organisation();
    const accepted = holdings.findings.filter((one) => shown(one) === 'accepted');
    const table = (await rows(findingsCsv(reportSources(holdings)))).filter((row) => row.state === 'accepted');
    expect(table.length).toBe(accepted.length);
    for (const row of table) expect(row).toMatchObject({ until: '2026-12-30', sla_due: '', disposition: 'accepted' });
  });

  test('an empty store gives the heading alone', async () => {
    const text = await whole(findingsCsv(reportSources(empty)));
    expect(text).toMatch(/^\uFEFF"id","severity",.*"assignee"\r\n$/);
  });
});

describe('cells', () => {
  test('nothing that comes from outside starts a formula or a control sequence', async () => {
    for (const table of [findingsCsv, inventoryCsv, risksCsv, ownersCsv]) {
      const text = await whole(table(reportSources(hostileOrganisation())));
      for (const row of parse(text, { bom: true, columns: false })) {
        for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@\t\r＝＋－＠]/);
      }
      expect(text.slice(1).replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });

  test('formula signs are guarded behind blanks, in full width and in a cell that has separators', async () => {
    const cells = ['=1', '  =1', '＝1', ' ＠x', '-2', '+49 1', '@me', 'a;=1+1', 'say "hi"'];
    const text = await whole(csv(['v'], page(...cells), (cell) => [cell]));
    expect(parse(text, { bom: true, columns: false }).flat().slice(1)).toEqual([
      "'=1",
      "'  =1",
      "'＝1",
      "' ＠x",
      "'-2",
      "'+49 1",
      "'@me",
      'a;=1+1',
      'say "hi"',
    ]);
    expect(text).toContain('"a;=1+1"\r\n');
  });
});

test('the other tables read well', async () => {
  const sources = reportSources(organisation());
  const inventory = await rows(inventoryCsv(sources));
  expect(inventory.length).toBe(420);
  expect(new Set(inventory.filter((row) => row.kind === 'credential').map((row) => row.expires))).toContain('never');
  const risks = await rows(risksCsv(sources));
  expect(risks[0]).toMatchObject({ matrix: '5x5' });
  const owners = await rows(ownersCsv(sources));
  expect(owners.length).toBe(12);
  const { open, critical, high, medium, low, info } = owners[0] as Row;
  expect(Number(open)).toBe([critical, high, medium, low, info].reduce((sum, one) => sum + Number(one), 0));
});
