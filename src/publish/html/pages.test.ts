import { describe, expect, test } from 'vitest';
import { gone, here, reportOf } from '../../../test/helpers/a-finding.ts';
import { aRisk, rated } from '../../../test/helpers/a-risk.ts';
import { plainText, sectionOf } from '../../../test/helpers/plain-text.ts';
import { organisation } from '../../../test/helpers/register.ts';
import { ownership, reportTime } from '../../../test/helpers/report-records.ts';
import type { Holdings } from '../../../test/helpers/report-store.ts';
import type { AnyRecord, Credential } from '../../core/record.ts';
import type { Risk } from '../../core/risk.ts';
import { DAY } from '../../core/time.ts';

const { findings, coverage, blindSpots } = organisation();
const page = (holdings: Partial<Holdings>) => reportOf('html', holdings);
const section = async (id: string, holdings: Partial<Holdings>) => sectionOf(await page(holdings), id);

describe('the register of risks', () => {
  const risks = (...more: Partial<Risk>[]) =>
    more.map((each, at) => aRisk({ id: `risk-${at}`, matrix: '5x5', ...each }));
  const pageOf = (holdings: Partial<Holdings>) => section('risks', holdings);

  test('has each risk once in the cell of its score, and none that another matrix scored', async () => {
    const current = rated('high', 4, 2);
    const html = await page({ risks: risks({ current }, { matrix: '5x5@1' }, { current, matrix: '3x3@1' }) });
    const rows = html.split('<table class="matrix">')[1]!.split('<tbody>')[1]!.split('</tbody>')[0]!.split('</tr>');
    const cells = rows.map((row) =>
      row
        .split('<td')
        .slice(1)
        .map((cell) => / >|>(R\d)</.exec(cell)?.[1] ?? ''),
    );
    expect(cells.slice(0, 5)).toEqual([
      ['', '', '', '', ''],
      ['', 'R1', '', '', ''],
      ['', '', 'R3', '', ''],
      ['', '', '', '', ''],
      ['', '', '', '', ''],
    ]);
  });

  test('says who answers, what was decided by whom, and what the score rests on', async () => {
    const reasons = [
      {
        axis: 'likelihood',
        step: 2,
        because: 'open to strangers',
        findings: Array.from({ length: 9 }, (_, n) => `F-${n}`),
      },
      { axis: 'impact', step: -1, because: 'a test', findings: [] },
    ] as const;
    const decided = { treatment: 'accept', treatmentPlan: 'It moves in spring.' } as const;
    const approvals = [{ by: here.id, at: reportTime - DAY, decision: 'accept', level: 'very-high' }] as const;
    const text = await pageOf({
      risks: risks({ ...decided, approvals, accountable: gone.id, current: { ...rated('high', 4, 2), reasons } }),
    });
    expect(text).toContain('Treatment accept: It moves in spring.');
    expect(text).toContain(
      `Accountable ${gone.name} <${gone.email}>, who has left Open findings 1, accepted ones included, worst ● medium`,
    );
    expect(text).toContain(`Approved accept while it was very high by ${here.name}, 2026-11-19`);
    expect(text).toContain('Why high today likelihood +2: open to strangers F-0 F-1');
    expect(text).toMatch(/F-7 and 1 more impact −1: a test What became of it/);
    expect(await pageOf({ risks: risks({}) })).toContain('Treatment undecided Accountable nobody yet Open findings');
  });

  test('says how many are left out, and that it is empty', async () => {
    expect(await pageOf({})).toContain('The register is empty.');
    expect(await pageOf({ risks: risks(...Array.from({ length: 201 }, () => ({}))) })).toContain(
      'The 200 worst of 201 risks',
    );
    expect(await pageOf({ risks: risks({}) })).not.toContain('worst of');
  });
});

describe('what could not be seen', () => {
  const pageOf = (holdings: Partial<Holdings>) => section('unseen', holdings);

  test('is told stream by stream with the reason, and as such where nothing was scanned', async () => {
    const text = await pageOf({ coverage });
    expect(text).toContain('docusign:eu consents ✕ failed 0 0 permission DocuSign refused with 403');
    expect(text).toContain('files:automation-exports documents ✓ complete 214 2 github:acme');
    expect(await pageOf({})).toContain('No coverage is recorded: nothing has been scanned.');
  });

  test('counts the things that are left out here', async () => {
    const spots = (length: number) => Array.from({ length }, (_, n) => ({ ...blindSpots[0]!, subject: `file ${n}` }));
    expect(await pageOf({})).toContain('No single file or item was unreadable.');
    expect(await pageOf({ blindSpots: spots(500) })).not.toContain('left out');
    const many = await pageOf({ blindSpots: spots(502) });
    expect(many).toMatch(/2 more are left out here; .* lists all 502/);
    expect([many.includes('file 499 '), many.includes('file 500 ')]).toEqual([true, false]);
  });

  test('are questions without an answer too, most first, over all sources', async () => {
    const asked = (check: string, source: string, unknown: number, reason: string) =>
      ({ check, source, pass: 3, fail: 1, unknown, because: unknown > 0 ? [{ reason, count: unknown }] : [] }) as const;
    const text = await pageOf({
      checkCoverage: [
        asked('CRD-01', 'a', 2, 'not told'),
        asked('EXP-01', 'a', 4, 'not read'),
        asked('CRD-01', 'b', 3, 'not told'),
        asked('CRD-01', 'c', 4, 'refused'),
        asked('AUT-02', 'a', 0, ''),
      ],
    });
    expect(text).toMatch(/CRD-01 [^\d]+ 9 21 not told \(5\) refused \(4\) EXP-01 [^\d]+ 4 8 not read \(4\)/);
    expect(text).not.toContain('AUT-02');
    expect(await pageOf({ checkCoverage: [asked('AUT-02', 'a', 0, '')] })).toContain('could answer for everything');
  });
});

describe('people', () => {
  const pageOf = (holdings: Partial<Holdings>) => section('people', holdings);
  const key = (id: string): AnyRecord => ({
    kind: 'credential',
    id,
    name: `key ${id}`,
    type: 'api-key',
    status: 'active',
  });
  const owned = (...owners: (typeof here | undefined)[]): Partial<Holdings> => ({
    records: owners.map((_, at) => ({ source: 's', record: key(`${at}`) })),
    owned: owners.map((owner, at) => ({
      ref: { source: 's', kind: 'credential', id: `${at}` },
      name: `key ${at}`,
      ownership: ownership(owner),
    })),
  });

  test('who have findings are told with where they are, and nobody where nobody has', async () => {
    const mine = findings
      .slice(0, 2)
      .map((each, at) => ({ ...each, state: 'open', disposition: 'none', owner: [here, gone][at]!.id }) as const);
    const text = await pageOf({ findings: mine, ...owned(here, here, gone) });
    expect(text).toMatch(new RegExp(`${here.name} ${here.email} here \\d 1 2 `));
    expect(text).toMatch(new RegExp(`${gone.name} ${gone.email} has left \\d 1 1 `));
    expect(await pageOf({})).toContain('No open finding has an owner.');
  });

  test('are missing for exactly what nobody answers for', async () => {
    const text = await pageOf(owned(here, gone, undefined));
    expect(text).toContain('Of 3 records, 1 have lost every accountable person');
    expect(text).toMatch(/and for 1 nobody is known who is here\. Records that/);
    expect(text).toContain(`key 1 credential s ${gone.name} has left; named in the platform’s owner field key 2`);
    expect(text).toContain('key 2 credential s nobody was ever named');
    expect(text).not.toContain('key 0');
    expect(await pageOf(owned(here))).toContain('Everything has an accountable person who is still here.');
    const many = await pageOf(owned(...Array.from({ length: 201 }, () => undefined)));
    expect(many).toContain('The first 200 follow.');
    expect(many.match(/nobody was ever named/g)).toHaveLength(200);
  });
});

test('steps and records are counted by what they run on, and no container or person for a step', async () => {
  const step = (connector: string) => ({ id: connector, label: connector, connector });
  const graph = { steps: [step('slack'), step('http'), step('slack')], edges: [], triggers: [] };
  const flow = { kind: 'workflow', id: 'w', name: 'w', platform: 'n8n', state: 'active', graph } as const;
  const record: AnyRecord[] = [flow, { kind: 'person', id: 'p', name: 'P', status: 'active' }];
  const text = await section('inventory', { records: record.map((each) => ({ source: 's', record: each })) });
  expect(text).toContain('Platforms Name Records n8n 1 Connectors that workflows use Name Steps slack 2 http 1');
  expect(await section('inventory', {})).not.toContain('Platforms');
});

test('the method says which checks ran, and how they fared', async () => {
  const asked = { check: 'CRD-01', source: 's', pass: 3, fail: 1, unknown: 2, because: [] };
  const text = await section('method', { checkCoverage: [asked, { ...asked, source: 't', pass: 1_000 }] });
  expect(text).toMatch(/CRD-01 Credential never expires version \d · 1,003 passed, 2 failed, 4 unknown/);
  expect(text).toMatch(/EXP-01 [^·]+ · did not run/);
});

test('credentials are counted by when they expire and how old they are', async () => {
  const key = (more: Partial<Credential>, at: number) =>
    ({
      source: 's',
      record: { kind: 'credential', id: `${at}`, name: 'k', type: 'api-key', status: 'active', ...more },
    }) as const;
  const inDays = (days: number) => reportTime + days * DAY;
  const expiring = [
    inDays(-1),
    inDays(0),
    inDays(30),
    inDays(31),
    inDays(90),
    inDays(365),
    inDays(366),
    'never',
    undefined,
  ] as const;
  const aged = [
    { createdAt: inDays(-90) },
    { createdAt: inDays(-800), lastRotatedAt: inDays(-91) },
    { createdAt: inDays(-731), lastRotatedAt: 'never' },
  ] as const;
  const records = [...expiring.map((expiresAt) => ({ ...(expiresAt !== undefined && { expiresAt }) })), ...aged].map(
    key,
  );
  const html = await page({ records });
  const figure = (title: string) => new RegExp(`aria-label="${title}\\. ([^"]*)"`).exec(html)?.[1];
  expect(figure('Credentials by when they expire')).toBe(
    'expired: 1, ≤ 30 d: 2, ≤ 90 d: 2, ≤ 1 year: 1, &gt; 1 year: 1, never: 1, not told: 4',
  );
  expect(figure('Credentials by age')).toBe('≤ 90 d: 1, ≤ 1 year: 1, ≤ 2 years: 0, &gt; 2 years: 1, not told: 9');
  expect(plainText(await page({}))).not.toContain('Credentials by age');
});
