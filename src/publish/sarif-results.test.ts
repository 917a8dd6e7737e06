import { describe, expect, test } from 'vitest';
import { aFinding, here, reportOf } from '../../test/helpers/a-finding.ts';
import type { Holdings } from '../../test/helpers/report-store.ts';
import type { Finding } from '../core/finding.ts';
import type { Sources } from './sources.ts';

interface Sarif {
  runs: {
    tool: { driver: { rules: object[] } };
    invocations: { executionSuccessful: boolean; toolExecutionNotifications: object[] }[];
    results: object[];
  }[];
}
const sarifOf = async (holdings: Partial<Holdings>, more: Partial<Sources> = {}) =>
  (JSON.parse(await reportOf('sarif', holdings, more)) as Sarif).runs[0]!;

describe('a result of SARIF', () => {
  test('says what and where in the file’s own place, line and column', async () => {
    const evidence = [
      { fact: 'header', value: 'X-API-KEY', at: { path: 'crm.json', line: 12, column: 5 } },
      { fact: 'used in', value: 'b', at: { path: 'b.json' }, source: 'n8n:y' },
      { fact: 'last used', value: null },
    ];
    const folders = new Map([['n8n:x', 'exports/n8n']]);
    const [result] = (await sarifOf({ findings: [aFinding({ evidence })] }, { folders })).results;
    const logicalLocations = [{ name: 'Payout', fullyQualifiedName: 'n8n:x/workflow/w1' }];
    const place = (uri: string, region: object) => ({
      physicalLocation: { artifactLocation: { uri }, region },
      logicalLocations,
    });
    expect(result).toMatchObject({
      level: 'error',
      message: {
        text: 'Anybody can start it — workflow “Payout”. header: X-API-KEY; used in: b; last used: not known',
      },
      locations: [place('exports/n8n/crm.json', { startLine: 12, startColumn: 5 }), place('b.json', { startLine: 1 })],
      properties: { owner: here.id, slaDue: '2026-12-10', 'security-severity': '8.0' },
    });
  });

  test('about what has no file stands at a path of its own, and is not said to be due once it is set aside', async () => {
    const { owner: _, ...nobodys } = aFinding({
      disposition: 'false-positive',
      subject: { ...aFinding().subject, source: '*', name: '' },
    });
    const { results } = await sarifOf({ findings: [nobodys] });
    expect(results).toMatchObject([
      {
        message: { text: 'Anybody can start it — workflow “”' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'nhi/several-sources/workflow/w1.json' },
              region: { startLine: 1 },
            },
            logicalLocations: [{ name: 'w1' }],
          },
        ],
        suppressions: [{ justification: 'False positive: the reason is not in the register' }],
        properties: { owner: 'unassigned' },
      },
    ]);
    expect(results[0]).not.toHaveProperty('properties.slaDue');
  });

  test('about a secret keeps its fingerprint where the register does not last, by what it is and where it stands', async () => {
    const secret = (id: string, path: string): Finding =>
      aFinding({
        id: `F-${id}`,
        subject: { source: '*', kind: 'credential', id: `found:${id}`, name: 'API key' },
        evidence: [
          { fact: 'count', value: 2 },
          { fact: 'place', value: 'x', at: { path } },
        ],
      });
    const prints = async (passing: boolean, ...findings: Finding[]) =>
      (await sarifOf({ findings }, { passing })).results.map(
        (one) => (one as { partialFingerprints: object }).partialFingerprints,
      );
    const [one, alike, elsewhere] = await prints(
      true,
      secret('1', 'a.json'),
      secret('2', 'a.json'),
      secret('3', 'b.json'),
    );
    expect(await prints(true, secret('9', 'a.json'))).toEqual([one]);
    expect(Object.keys(one!)).toEqual(['primaryLocationLineHash']);
    expect(JSON.stringify(alike)).toBe(JSON.stringify(one).replace(':1"', ':2"'));
    expect(JSON.stringify(elsewhere)).toMatch(/:1"/);
    expect(elsewhere).not.toEqual(one);
    expect(await prints(false, secret('9', 'a.json'))).toMatchObject([{ 'rollcallFinding/v1': 'F-9' }]);
    expect(await prints(true, aFinding())).toMatchObject([{ 'rollcallFinding/v1': 'F-1' }]);
  });

  test('goes with the rules, also of a check that is no more, and with how each stream was read', async () => {
    const stream = (name: string, outcome: 'partial' | 'failed' | 'skipped', more = {}) => ({
      source: 's',
      stream: name,
      outcome,
      items: 0,
      quarantined: 0,
      ...more,
    });
    const coverage = [
      stream('a', 'partial', { reason: 'schema' }),
      stream('b', 'failed', { detail: 'Refused.' }),
      stream('c', 'skipped'),
    ];
    const { tool, invocations } = await sarifOf(
      { findings: [aFinding({ check: 'OLD-01' })], coverage },
      { warning: 'No file was found.' },
    );
    expect(tool.driver.rules).toContainEqual(
      expect.objectContaining({ id: 'OLD-01', help: { text: expect.stringContaining('Scan again') as string } }),
    );
    expect(tool.driver.rules).toContainEqual(
      expect.objectContaining({
        id: 'EXP-01',
        help: expect.objectContaining({
          text: expect.stringMatching(/Controls:\n- .+: NHI2:2025 .+\n- /) as string,
        }) as object,
      }),
    );
    expect(invocations[0]).toEqual({
      executionSuccessful: false,
      toolExecutionNotifications: [
        { level: 'error', message: { text: 'No file was found.' } },
        { level: 'warning', message: { text: 's a was read partial: schema' } },
        { level: 'error', message: { text: 's b was read failed: Refused.' } },
        { level: 'warning', message: { text: 's c was read skipped: no reason was recorded' } },
      ],
    });
    const partly = await sarifOf({ coverage: coverage.filter(({ outcome }) => outcome !== 'failed') });
    expect(partly.invocations[0]?.executionSuccessful).toBe(true);
  });
});
