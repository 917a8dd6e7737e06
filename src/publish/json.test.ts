import { expect, test } from 'vitest';
import { whole } from '../../test/helpers/collect.ts';
import { organisation, reportSources } from '../../test/helpers/register.ts';
import { hostileOrganisation } from '../../test/helpers/report-hostile.ts';
import { empty } from '../../test/helpers/report-store.ts';
import { json, members } from './json.ts';

test('is one object with everything in it', async () => {
  const holdings = organisation();
  const report = JSON.parse(await whole(json(reportSources(holdings))));
  expect(Object.keys(report)).toEqual(Object.keys(members));
  expect(report.head).toMatchObject({ run: { id: 42 }, generatedAt: '2026-11-20T09:00:00Z', changes: { opened: 9 } });
  expect(report.findings.length).toBe(holdings.findings.filter((one) => one.state === 'open').length);
  expect(report.findings[0]).toMatchObject({
    severity: 'critical',
    shown: 'open',
    firstSeen: expect.stringMatching(/Z$/),
  });
  expect(report.findings[0]).not.toHaveProperty('signature');
  expect(report.coverage.length).toBe(9);
  expect(report.blindSpots.length).toBe(3);
  expect(report.risks.length).toBe(holdings.risks.length);
  const { open, bySeverity } = report.summary;
  expect(Object.values<number>(bySeverity).reduce((a, b) => a + b)).toBe(open);
});

test('what differs from run to run stands in the head alone', async () => {
  const holdings = organisation();
  const later = {
    ...holdings,
    changes: {},
    run: { ...holdings.run!, id: 43, startedAt: holdings.run!.startedAt + 5_000 },
  };
  const [one, two] = [await whole(json(reportSources(holdings))), await whole(json(reportSources(later)))];
  const body = (text: string) => text.split('\n').filter((line) => !line.startsWith('"head"'));
  expect(one).not.toBe(two);
  expect(body(one)).toEqual(body(two));
});

test('keeps hostile data as it is, in characters that do nothing', async () => {
  const holdings = hostileOrganisation();
  const text = await whole(json(reportSources(holdings)));
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  const titles = new Set<string>(JSON.parse(text).findings.map((one: { title: string }) => one.title));
  for (const one of holdings.findings) if (one.state === 'open') expect(titles).toContain(one.title);
});

test('of an empty store is valid', async () => {
  expect(JSON.parse(await whole(json(reportSources(empty))))).toMatchObject({
    findings: [],
    risks: [],
    blindSpots: [],
  });
});
