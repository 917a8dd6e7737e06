import { expect, test } from 'vitest';
import { z } from 'zod';
import { anAssessment } from '../../test/helpers/assessment.ts';
import { owned } from '../../test/helpers/in-store.ts';
import { aMatch } from '../../test/helpers/match.ts';
import type { Claim } from '../core/owner.ts';
import type { SecretGroup, Store } from '../core/ports.ts';
import { defineCheck } from '../sdk/check.ts';
import { container, credential, workflow } from '../sdk/records.ts';
import { assess } from './assess.ts';
import type { Prepared } from './evaluate.ts';

const check = defineCheck({
  id: 'TST-01',
  version: 1,
  title: 'Found',
  over: ['secret'],
  severity: 'high',
  rationale: '',
  confidence: 'high',
  remediation: '',
  controls: {},
  threat: 'leaked-secret',
  params: z.strictObject({}),
  evaluate: () => ({ is: 'fail', evidence: [] }),
  examples: { fires: [], quiet: [], unknown: [] },
});
const prepared: Prepared[] = [{ no: 0, id: check.id, check, params: {}, severity: 'high' }];

async function found(group: SecretGroup) {
  const records = {
    joined: async function* () {},
    vanished: async function* () {},
    secrets: async function* () {
      yield [group];
    },
  } as unknown as Store['records'];
  const more = { streams: [], lapsed: [], remedies: async () => [] };
  const batches = await Array.fromAsync(assess({ records }, prepared, anAssessment, more));
  return batches.flatMap(({ observed }) => observed).find(({ check }) => check === 'TST-01');
}

async function ownerOf(group: SecretGroup): Promise<string | undefined> {
  return (await found(group))?.owner;
}

const flow = workflow({
  id: 'w',
  name: 'w',
  platform: 'n8n',
  state: 'active',
  graph: { steps: [], edges: [], triggers: [] },
});
const key = credential({ id: 'k', name: 'k', type: 'access-key', status: 'active' });

test('whose key it is answers for it before whoever wrote it into a workflow, as long as they are here', async () => {
  const found = {
    source: 'n8n:main',
    record: flow.record,
    ownership: owned('person:author', 'active'),
    matches: [aMatch('f')],
  };
  const group: SecretGroup = { fingerprint: 'f', members: [found], more: 0 };
  const listed = (state: Claim['state']) => [
    { source: 'aws:prod', record: key.record, ownership: owned('person:holder', state) },
  ];
  expect(await ownerOf(group)).toBe('person:author');
  expect(await ownerOf({ ...group, issued: listed('active') })).toBe('person:holder');
  expect(await ownerOf({ ...group, issued: listed('left') })).toBe('person:author');
});

test('a secret belongs to the initiative of what it lies in', async () => {
  const project = container({ id: 'p', name: 'Payroll', type: 'project' }).record;
  const member = { source: 'n8n:main', record: flow.record, ownership: { claims: [] }, matches: [aMatch('f')] };
  expect(await found({ fingerprint: 'f', members: [{ ...member, containers: [project] }], more: 0 })).toMatchObject({
    initiative: 'n8n:main/p',
  });
});
