import { afterEach, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { Evaluated, Store } from '../../src/core/ports.ts';
import { formats, report } from '../../src/publish/publish.ts';
import { survey } from '../../src/publish/survey.ts';
import { whole } from '../helpers/collect.ts';
import { organisation, reportSources } from '../helpers/register.ts';
import { reportTime } from '../helpers/report-records.ts';

const stores: Store[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});

/** What the findings are about, in the store's order. */
function subjectsOf(findings: readonly Finding[]): Evaluated[] {
  const key = (one: Finding) => [one.subject.kind, one.subject.source, one.subject.id].join('\0');
  const ordered = findings.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return ordered.map(({ subject }) => ({ source: subject.source, kind: subject.kind, id: subject.id, unknown: [] }));
}

/** A real store that has been through one scan of the made-up organisation. */
async function scanned(): Promise<Store> {
  const store = await openStore({ memory: true });
  stores.push(store);
  const holdings = organisation();
  const at = reportTime - 600_000;
  const run = await store.runs.start({ policy: 'default', version: '0.1.0', at });
  for (const [source, found] of Map.groupBy(holdings.records, (one) => one.source)) {
    const claim = await store.runs.claim(source, 'all', at, 0);
    const records = found.map(({ record }) => ({ record }));
    await store.runs.page(claim, { records, next: undefined, quarantined: 0, blind: [] }, at);
    await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, at);
  }
  await store.owners.putPeople([holdings.people], at);
  await store.owners.put(holdings.owned.map(({ ref, ownership }) => ({ ref, ownership })));
  await store.findings.observe({ subjects: subjectsOf(holdings.findings), observed: holdings.findings }, run.id, at);
  await store.register.putRisks(holdings.risks, at, 'scan');
  await store.coverage.put(run.id, holdings.coverage, holdings.checkCoverage);
  await store.runs.finish(run.id, at + 60_000);
  return store;
}

test.each(formats)('%s out of a real store is whole and the same every time', async (format) => {
  const sources = { ...reportSources(organisation()), store: await scanned() };
  const text = await whole(report(format, sources));
  expect(text.length).toBeGreaterThan(1_000);
  expect(await whole(report(format, sources))).toBe(text);
});

test('the figures of a real store are the figures that were put in', async () => {
  const sources = { ...reportSources(organisation()), store: await scanned() };
  const told = JSON.parse(await whole(report('json', sources)));
  const holdings = organisation();
  expect(told.summary.open).toBe(holdings.findings.length);
  expect(told.findings.length).toBe(holdings.findings.length);
  expect(told.risks.length).toBe(holdings.risks.length);
  const { here, left, unknown } = (await survey(reportSources(holdings))).answering;
  expect(left * unknown).toBeGreaterThan(0);
  expect(told.owners).toMatchObject({ here, left, unknown });
  expect(told.owners.people[0].name).toMatch(/^\p{Lu}/u);
  expect(told.coverage.length).toBe(holdings.coverage.length);
  expect(told.head.changes.opened).toBe(holdings.findings.length);
});
