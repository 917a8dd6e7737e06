import { expect, test } from 'vitest';
import { z } from 'zod';
import { anAssessment } from '../../test/helpers/assessment.ts';
import type { Risk } from '../core/risk.ts';
import type { Check } from '../sdk/check.ts';
import type { Assessment } from './context.ts';
import { assessRemedies, assessVanished, type Remedy } from './decided.ts';
import type { Prepared } from './evaluate.ts';
import { Tally } from './tally.ts';

const assessment: Assessment = { ...anAssessment, environmentOf: () => 'production' };

test('what is gone is found under its own address, with the owner that it had', () => {
  const owner = {
    role: 'accountable',
    person: 'person:ada',
    name: 'Ada',
    state: 'active',
    basis: 'tag',
    rel: 'owned-by',
    confidence: 'high',
    reason: 'a tag',
  } as const;
  const record = { kind: 'identity', id: 'bot', name: 'Bot', type: 'bot', status: 'active' } as const;
  const entry = { source: 'okta:acme', record, goneAt: 90, ownership: { accountable: owner, claims: [owner] } };
  const { subjects, observed } = assessVanished([failing('vanished')], [entry], assessment, new Tally());
  expect(subjects).toMatchObject([{ source: 'okta:acme', kind: 'identity', id: 'bot' }]);
  expect(observed).toMatchObject([{ subject: { name: 'Bot' }, owner: 'person:ada', environment: 'production' }]);
});

test('a remedy is found under its risk, so that a new decision meets the old finding', () => {
  const remedy = (id: string) => ({
    risk: { id, title: `Risk ${id}`, initiative: 'finance', initiativeName: 'Finance' },
  });
  const remedies = ['b', 'a'].map((id) => remedy(id) as unknown as Remedy & { risk: Risk });
  const { subjects, observed } = assessRemedies([failing('remedy')], remedies, assessment, new Tally());
  expect(subjects.map(({ source, kind, id }) => [source, kind, id])).toEqual([
    ['*', 'decision', 'a'],
    ['*', 'decision', 'b'],
  ]);
  expect(observed[0]).toMatchObject({ subject: { name: 'Risk a' }, initiative: 'finance' });
});

function failing(over: 'vanished' | 'remedy'): Prepared {
  const check: Check = {
    id: 'TST-01',
    version: 1,
    title: 'It fails',
    over: [over],
    severity: 'low',
    rationale: 'A test.',
    confidence: 'high',
    remediation: 'Look away.',
    controls: {},
    threat: 'blind-spot',
    params: z.strictObject({}),
    evaluate: () => ({ is: 'fail', evidence: [{ fact: 'is', value: true }] }),
    examples: { fires: [], quiet: [], unknown: [] },
  };
  return { no: 0, id: check.id, check, params: {}, severity: 'low' };
}
