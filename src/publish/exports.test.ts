import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { aFinding, gone, here, reportOf } from '../../test/helpers/a-finding.ts';
import { aRisk, rated } from '../../test/helpers/a-risk.ts';
import { reportTime } from '../../test/helpers/report-records.ts';
import type { Holdings } from '../../test/helpers/report-store.ts';
import type { AnyRecord } from '../core/record.ts';
import { DAY } from '../core/time.ts';

const rows = async (what: 'findings' | 'inventory' | 'risks', holdings: Partial<Holdings>) =>
  parse<Record<string, string>>(await reportOf('csv', holdings, { what }), { bom: true, columns: true });

describe('a row', () => {
  test('of a finding says where it is, what is not known, whose it is and who is to mend it', async () => {
    const at = { path: 'flows/crm.json', pointer: '/nodes/3', step: 'Send', field: 'X' };
    const evidence = [
      { fact: 'last used', value: null, at: { pointer: '/top' } },
      { fact: 'shared with', value: 0, at },
    ];
    const { owner: _, ...nobodys } = aFinding({ id: 'F-2' });
    expect(
      await rows('findings', { findings: [aFinding({ evidence, owner: gone.id, assignee: here.id }), nobodys] }),
    ).toMatchObject([
      {
        evidence: 'last used: not known; shared with: 0',
        location: 'flows/crm.json · /nodes/3 · step Send · field X',
        owner: `${gone.name} <${gone.email}>`,
        owner_state: 'left',
        assignee: `${here.name} <${here.email}>`,
        sla_due: '2026-12-10',
        until: '',
      },
      { owner: 'unassigned', owner_state: '', assignee: '', location: '' },
    ]);
  });

  test('of a person whom no directory knows names them as the source does, once', async () => {
    const unknown = [aFinding({ owner: 'name:Jo Doe' }), aFinding({ id: 'F-2', owner: 'person:jo@old.example' })];
    expect((await rows('findings', { findings: unknown })).map(({ owner }) => owner)).toEqual([
      'Jo Doe',
      'jo@old.example',
    ]);
    const mail = [{ ...here, name: 'ines@acme.example', email: 'ines@acme.example' }];
    expect((await rows('findings', { findings: [aFinding()], people: mail }))[0]?.owner).toBe('ines@acme.example');
  });

  test('of a record says when it was used, when it ends, and why that is not known', async () => {
    const graph = { steps: [], edges: [], triggers: [] };
    const at = { path: 'a.json', line: 3 };
    const records: AnyRecord[] = [
      {
        kind: 'credential',
        id: 'k',
        name: 'k',
        type: 'api-key',
        status: 'active',
        expiresAt: 'never',
        lastUsedAt: reportTime,
        gaps: { lastRotatedAt: 'not-supported' },
      },
      {
        kind: 'workflow',
        id: 'w',
        name: 'w',
        platform: 'n8n',
        state: 'active',
        graph,
        lastRunAt: reportTime - DAY,
        createdAt: 0,
        at,
      },
      { kind: 'connection', id: 'c', name: 'c', platform: 'make', connector: 'slack' },
    ];
    const blank = { created: '', expires: '', last_used: '', last_rotated: '', location: '' };
    const table = await rows('inventory', { records: records.map((record) => ({ source: 's', record })) });
    expect(
      table
        .map(({ source: _s, id: _i, name: _n, environment: _e, ...row }) => row)
        .toSorted((a, b) => (a.kind! < b.kind! ? -1 : 1)),
    ).toEqual([
      { ...blank, kind: 'connection', type: 'slack', platform: 'make', status: '' },
      {
        ...blank,
        kind: 'credential',
        type: 'api-key',
        platform: '',
        status: 'active',
        expires: 'never',
        last_used: '2026-11-20',
        last_rotated: '(not-supported)',
      },
      {
        ...blank,
        kind: 'workflow',
        type: '',
        platform: 'n8n',
        status: 'active',
        created: '1970-01-01',
        last_used: '2026-11-19',
        location: 'a.json:3',
      },
    ]);
  });

  test('of a risk says who answers, and that nobody does', async () => {
    const risks = [aRisk({ accountable: here.id, dueAt: reportTime }), aRisk({ id: 'risk-2' })];
    expect((await rows('risks', { risks })).map(({ accountable, due, review }) => [accountable, due, review])).toEqual([
      [here.id, '2026-11-20', ''],
      ['unassigned', '', ''],
    ]);
  });
});

test('JSON tells names and times as people read them, and leaves out what there is not', async () => {
  const { owner: _, ...nobodys } = aFinding({ id: 'F-2' });
  const approvals = [{ by: here.id, at: reportTime, decision: 'accept' }];
  const risks = [aRisk({ createdAt: reportTime, approvals })];
  const findings = [aFinding({ owner: gone.id, assignee: here.id }), nobodys];
  const told = JSON.parse(await reportOf('json', { findings, risks })) as { findings: object[]; risks: object[] };
  expect(told.findings[0]).toMatchObject({
    ownerName: gone.name,
    ownerState: 'left',
    assigneeName: here.name,
    slaDue: '2026-12-10T09:00:00Z',
  });
  for (const field of ['ownerName', 'assigneeName', 'resolvedAt', 'dispositionUntil'])
    expect(told.findings[1]).not.toHaveProperty(field);
  expect(told.risks[0]).toMatchObject({
    id: 'risk-1',
    createdAt: '2026-11-20T09:00:00Z',
    approvals: [{ by: here.id, at: '2026-11-20T09:00:00Z' }],
  });
  expect(told.risks[0]).not.toHaveProperty('reviewAt');
});

test('Markdown tells whose the worst is and when it is due, and what was not read', async () => {
  const { owner: _, ...nobodys } = aFinding({
    id: 'F-2',
    evidence: [{ fact: 'x', value: 1, at: { path: 'a.json', line: 2 } }],
  });
  const stream = { source: 's', stream: 'a', items: 1, quarantined: 0 } as const;
  const whole1 = { ...stream, outcome: 'complete' } as const;
  const text = await reportOf('markdown', {
    findings: [aFinding(), nobodys],
    coverage: [whole1, { ...stream, stream: 'b', outcome: 'partial', reason: 'schema' }],
  });
  expect(text).toContain(
    String.raw`| high | Anybody can start it \(F-1\) | Payout | Ines Aldana <`.replace(' <', ' &lt;'),
  );
  expect(text).toMatch(/\| Payout · a\.json:2 \| unassigned \| 2026-12-10 \|/);
  expect(text).toContain('- **s b**: partial. schema\n');
  expect(text).not.toContain('**s a**');
  const seen = (...coverage: (typeof whole1)[]) => reportOf('markdown', { coverage });
  expect(await seen(whole1)).toContain('The one stream was read completely.');
  expect(await seen(whole1, { ...whole1, stream: 'a' })).toContain('All 2 streams were read completely.');
  expect(await seen()).toContain('No coverage is recorded: nothing has been scanned.');
  expect(await seen()).not.toContain('## The worst findings');
  const risks = (length: number) =>
    reportOf('markdown', { risks: Array.from({ length }, (_each, at) => aRisk({ id: `r${at}` })) });
  expect([(await risks(20)).includes('more risk'), (await risks(21)).includes('1 more risk: ')]).toEqual([false, true]);
});

test('the register of NIST gives likelihood, impact and exposure in the figures of the matrix', async () => {
  const risks = [
    aRisk({ current: rated('high', 4, 3), treatment: 'accept', accountable: gone.id }),
    aRisk({ id: 'b', threat: 'unheard-of' }),
  ];
  const entries = JSON.parse(await reportOf('ir8286', { risks })) as object[];
  expect(entries).toMatchObject([
    {
      riskLikelihood: 60,
      riskImpact: 100_000,
      exposureRating: 60_000,
      riskCategory: 'Ownership',
      riskResponseType: ['Accept'],
      riskResponseDescription: expect.stringMatching(/^No plan has been written down\./) as string,
    },
    { riskCategory: 'unheard-of', riskDescription: 'Access goes on after its owner has gone: Exports — Exports' },
  ]);
});
