import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { whole } from '../../test/helpers/collect.ts';
import { organisation, reportSources } from '../../test/helpers/register.ts';
import { hostileOrganisation } from '../../test/helpers/report-hostile.ts';
import { empty } from '../../test/helpers/report-store.ts';
import { ir8286, type RegisterEntry } from './ir8286.ts';

const schemaFile = '../shared/specs/nist-ir-8286/risk_register.v2.schema.json';
const schema = existsSync(schemaFile) ? JSON.parse(readFileSync(schemaFile, 'utf8')) : undefined;
if (!schema) process.stdout.write('skipped: the NIST IR 8286 schema is not beside the checkout\n');

async function entries(holdings = organisation()): Promise<RegisterEntry[]> {
  return JSON.parse(await whole(ir8286(reportSources(holdings))));
}

test.skipIf(!schema)('every entry is valid against the published schema', async () => {
  const validate = new Ajv2020({ strict: false }).compile(schema);
  for (const entry of [...(await entries()), ...(await entries(hostileOrganisation()))]) {
    expect(validate(entry), JSON.stringify(validate.errors)).toBe(true);
  }
});

test('exposure is likelihood × impact, percentages are percentages, and nobody is left blank', async () => {
  const list = await entries();
  expect(list.length).toBe(organisation().risks.length);
  for (const entry of list) {
    expect(entry.exposureRating).toBe((entry.riskLikelihood * entry.riskImpact) / 100);
    expect(entry.riskLikelihood).toBeGreaterThan(0);
    expect(entry.riskLikelihood).toBeLessThanOrEqual(100);
    for (const text of [entry.riskOwnerPointOfContact, entry.riskDescription, entry.riskResponseDescription]) {
      expect(text.trim()).not.toBe('');
    }
  }
  expect(list.map((entry) => entry.riskOwnerPointOfContact)).toContain('unassigned — no accountable owner is known');
  expect(list.some((entry) => entry.riskOwnerPointOfContact.includes('@acme.example'))).toBe(true);
});

test('an undecided risk says so instead of pretending that a response was chosen', async () => {
  const holdings = organisation();
  const undecided = holdings.risks.findIndex((risk) => risk.treatment === 'open');
  const list = await entries(holdings);
  expect(list[undecided]?.riskResponseDescription).toMatch(/^Nobody has decided/);
});

test('a matrix that is gone is an error with a name, not a wrong number', async () => {
  const holdings = organisation();
  const risks = holdings.risks.map((risk) => ({ ...risk, matrix: '9x9' }));
  await expect(entries({ ...holdings, risks })).rejects.toThrow(/"9x9"/);
});

test('an empty register is an empty array', async () => {
  expect(await entries(empty)).toEqual([]);
});
