import { describe, expect, test } from 'vitest';
import { aFinding } from '../../test/helpers/a-finding.ts';
import type { App } from '../app.ts';
import type { CheckCoverage, Coverage, Run } from '../core/coverage.ts';
import type { Finding, Severity } from '../core/finding.ts';
import type { ScanResult } from '../pipeline.ts';
import { judge } from './gate.ts';

const questions = ['identity', 'scope', 'logging', 'connectors', 'secrets', 'exposure', 'duties'] as const;
const checks = [...questions.map((gate) => ({ id: `${gate}-1`, gate })), { id: 'OTH-01' }];
const run: Run = { id: 1, startedAt: 1, policy: 'p@1', version: '1' };

interface Seen {
  findings?: readonly Finding[];
  /** How often each check passed, failed and could not tell; every one passed once where it is not named. */
  asked?: { readonly [check: string]: readonly [pass: number, fail: number, unknown: number] };
  outcome?: Coverage['outcome'];
  counts?: { readonly [kind: string]: number };
  interrupted?: boolean;
  disabled?: readonly string[];
  unknown?: 'warn' | 'fail';
  failOn?: Severity;
}

/** What the gate says of this; it answers no from medium, and besides from high. */
async function judged({ findings = [], asked = {}, outcome = 'complete', counts = { workflow: 1 }, ...more }: Seen) {
  const { interrupted = false, disabled = [], unknown = 'warn', failOn = 'high' } = more;
  const coverage: Coverage[] = [{ source: 's', stream: 'x', outcome, items: 1, quarantined: 0 }];
  const told = checks.flatMap(({ id }): CheckCoverage[] => {
    const [pass, fail, open] = asked[id] ?? [1, 0, 0];
    const because = open > 0 ? [{ reason: `${id} is not told`, count: open }] : [];
    return pass + fail + open === 0 ? [] : [{ check: id, source: 's', pass, fail, unknown: open, because }];
  });
  const store = {
    findings: {
      list: async function* () {
        yield findings;
      },
    },
    runs: { last: async () => run },
    coverage: { checks: async () => told, blindSpots: async function* () {} },
    records: { counts: async () => counts },
  };
  const policy = { checks: { disabled }, gate: { failOn, answerNoFrom: 'medium', unknown } };
  const app = { store, checks, policy } as unknown as App;
  const result = { run, coverage, interrupted } as unknown as ScanResult;
  const { verdict, answers, besides } = await judge(app, result);
  const answered = Object.fromEntries(answers.map(({ question, answer }) => [question, answer]));
  return { verdict, answered, because: answers.flatMap((each) => each.because), besides: besides.map(({ id }) => id) };
}
const finding = (check: string, severity: Severity, more: Partial<Finding> = {}) =>
  aFinding({ check, severity, ...more });

describe('the gate', () => {
  test('opens where every question was answered with yes', async () => {
    const { verdict, answered, because } = await judged({});
    expect([verdict, because]).toEqual(['open', []]);
    expect(answered).toEqual(Object.fromEntries(questions.map((question) => [question, 'pass'])));
  });

  test('is shut by a question that a finding answers, from the severity that the policy names', async () => {
    expect(await judged({ findings: [finding('scope-1', 'low')] })).toMatchObject({
      verdict: 'open',
      answered: { scope: 'pass' },
    });
    const shut = await judged({ findings: [finding('scope-1', 'medium')] });
    expect(shut).toMatchObject({ verdict: 'shut', answered: { scope: 'fail', logging: 'pass' }, besides: [] });
    // What is grave and answers a question is told there alone.
    expect(await judged({ findings: [finding('scope-1', 'critical')] })).toMatchObject({
      verdict: 'shut',
      besides: [],
    });
  });

  test('is shut by whatever else is grave enough, but not by what could not be read', async () => {
    expect(await judged({ findings: [finding('OTH-01', 'high')] })).toMatchObject({
      verdict: 'shut',
      besides: ['F-1'],
    });
    expect(await judged({ findings: [finding('OTH-01', 'medium')] })).toMatchObject({ verdict: 'open', besides: [] });
    expect(await judged({ findings: [finding('OTH-01', 'medium')], failOn: 'low' })).toMatchObject({ verdict: 'shut' });
    const subject = { source: 's', kind: 'stream', id: 'x', name: 'x' } as const;
    expect(await judged({ findings: [finding('OTH-01', 'critical', { subject })] })).toMatchObject({
      verdict: 'open',
      besides: [],
    });
  });

  test('leaves a question open that a check could not answer for everything, and asks the policy what follows', async () => {
    const asked = { 'identity-1': [2, 0, 1] } as const;
    const because = ['identity-1 is not told'];
    expect(await judged({ asked })).toMatchObject({ verdict: 'open', answered: { identity: 'unknown' }, because });
    expect(await judged({ asked, unknown: 'fail' })).toMatchObject({ verdict: 'shut', besides: [] });
    expect(await judged({ unknown: 'fail' })).toMatchObject({ verdict: 'open' });
  });

  test('does not take for answered what the policy has disabled', async () => {
    const { answered, because } = await judged({ disabled: ['secrets-1'] });
    expect([answered['secrets'], because]).toEqual(['unknown', ['the policy has it disabled']]);
  });

  test('takes what is not there for no weakness only of what must not be there', async () => {
    const asked = Object.fromEntries(checks.map(({ id }) => [id, [0, 0, 0] as const]));
    const { verdict, answered } = await judged({ asked, counts: { credential: 1 } });
    const [na, pass] = ['not-applicable', 'pass'];
    expect(verdict).toBe('open');
    expect(answered).toEqual({
      identity: na,
      scope: na,
      logging: na,
      connectors: pass,
      secrets: pass,
      exposure: pass,
      duties: na,
    });
  });

  test.each<[string, Seen, string]>([
    ['a stream that was read in part', { outcome: 'partial' }, 'unread'],
    ['a stream that was left out', { outcome: 'skipped' }, 'unread'],
    ['a scan that was interrupted', { interrupted: true }, 'unread'],
    ['files and people alone', { counts: { container: 3, person: 2, workflow: 0 } }, 'unrecognised'],
  ])('stays shut for %s, whatever was found good, and leaves open what was not asked', async (_what, seen, verdict) => {
    expect(await judged(seen)).toMatchObject({ verdict });
    const asked = { 'secrets-1': [0, 0, 0] } as const;
    const { answered, because } = await judged({ ...seen, asked });
    expect(answered['secrets']).toBe('unknown');
    expect(because).toEqual([
      verdict === 'unrecognised'
        ? 'nothing was recognised that it could be asked about'
        : 'not everything could be read',
    ]);
    // What is wrong is wrong, however little was read.
    expect(await judged({ ...seen, findings: [finding('scope-1', 'high')] })).toMatchObject({ verdict: 'shut' });
  });
});
