import { expect, test } from 'vitest';
import { aFinding } from '../../test/helpers/a-finding.ts';
import type { App } from '../app.ts';
import type { ScanResult } from '../pipeline.ts';
import type { Answer, Judgement } from './gate.ts';
import { gateText } from './gate-text.ts';

const app = {
  checks: [
    { id: 'OTH-01', remediation: 'Mend the other.' },
    { id: 'EXP-01', remediation: 'Move the value into a credential.' },
  ],
} as unknown as App;
const answer = (more: Partial<Answer>): Answer => ({
  question: 'secrets',
  asks: 'No literal secret',
  answer: 'pass',
  findings: [],
  because: [],
  ...more,
});
const stream = { source: 'files:a', stream: 'documents', items: 1, quarantined: 0 } as const;

const pathOf = (source: string, path: string): string => `${source}/${path}`;

/** The lines that somebody reads. */
function lines(judgement: Partial<Judgement>, coverage: ScanResult['coverage'] = []): string[] {
  const run = { id: 1, startedAt: 1, policy: 'baseline@1', version: '1' };
  const whole: Judgement = { verdict: 'open', answers: [answer({})], besides: [], unread: [], ...judgement };
  return gateText(app, whole, { run, coverage } as unknown as ScanResult, pathOf, { colour: false })
    .split('\n')
    .map((line) => line.trim());
}

test('a question that was answered with yes takes one line, and the last word is what follows', () => {
  expect(lines({})).toEqual(['✓ yes      No literal secret', '', 'May go live.', 'policy baseline@1', '']);
});

test('each finding is told with its place and the remedy of its own check', () => {
  const evidence = [
    { fact: 'x', value: 1 },
    { fact: 'field', value: 'k', at: { path: 'a.json', line: 3, field: 'k' } },
  ];
  const findings = [aFinding({ check: 'EXP-01', title: 'A secret', evidence }), aFinding({ check: 'OLD-01' })];
  const text = lines({ verdict: 'shut', answers: [answer({ answer: 'fail', findings })] });
  expect(text.slice(0, 4)).toEqual([
    '✗ no       No literal secret',
    'high A secret: Payout',
    expect.stringContaining('n8n:x/a.json:3'),
    'Move the value into a credential.',
  ]);
  expect(text).toContain('high Anybody can start it: Payout');
  expect(text).not.toContain('Mend the other.');
  expect(text).toContain('Must not go live yet.');
  const many = (length: number) =>
    lines({ answers: [answer({ answer: 'fail', findings: Array.from({ length }, () => aFinding()) })] });
  expect(many(5).join()).not.toContain('more');
  expect(many(7)).toContain('… and 2 more: --format json');
});

test('what is grave and answers no question is told by itself, where there is any', () => {
  const text = lines({ verdict: 'shut', besides: [aFinding({ title: 'A backdoor' })] });
  expect(text.slice(1, 3)).toEqual(['✗ no       Nothing else that is grave', 'high A backdoor: Payout']);
});

test('why a question is open is said, three reasons at most, and that it may pass only where it may', () => {
  const open = answer({ answer: 'unknown', because: ['one', 'two', 'three', 'four'] });
  const text = lines({ answers: [open, answer({ answer: 'not-applicable', because: ['not said'] })] });
  expect(text.slice(0, 5)).toEqual([
    '? unclear  No literal secret',
    'one',
    'two',
    'three',
    '– n/a      No literal secret',
  ]);
  const passing = 'Unclear: 1 of 2 questions. This policy lets that pass, --policy strict does not.';
  expect(text).toContain(passing);
  expect(lines({ verdict: 'shut', answers: [open, open] }).join()).not.toContain('Unclear');
});

test('what could not be read is named, thing by thing, under its own source', () => {
  const spot = (subject: string, more: object = {}) =>
    ({ source: 'files:a', stream: 'documents', subject, reason: 'unparsable', detail: 'a comma', ...more }) as const;
  const unread = [spot('x.json'), spot('y.png', { expected: true }), spot('z.json', { source: 'files:b' })];
  const coverage = [
    { ...stream, outcome: 'partial' as const },
    { ...stream, stream: 'other', outcome: 'failed' as const, detail: 'It is gone.' },
    { ...stream, source: 'files:b', outcome: 'complete' as const },
  ];
  expect(lines({ verdict: 'unread', unread }, coverage).slice(1, 6)).toEqual([
    '! files:a: partial',
    'x.json: a comma',
    '! files:a: failed, It is gone.',
    '',
    'Cannot say: not everything could be read. Until it is, it must not go live.',
  ]);
  const many = Array.from({ length: 7 }, (_, at) => spot(`${at}.json`));
  expect(lines({ verdict: 'unread', unread: many }, coverage)).toContain('… and 2 more: --format json');
});
