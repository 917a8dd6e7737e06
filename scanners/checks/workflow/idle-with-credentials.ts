import { z } from 'zod';
import { DAY, defineCheck, notApplicable, pass, unknown, type RecordOf } from '../../../src/sdk/index.ts';
import { accessOf, isLive } from '../shared/circumstances.ts';
import { wholeDays } from '../shared/dates.ts';
import { dated, fact, upTo } from '../shared/evidence.ts';
import { aConnection, aWorkflow, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { anyPrivileged } from '../shared/privilege.ts';

type Workflow = RecordOf<'workflow'>;
const params = z.strictObject({
  /** Idle means: nothing happened for so many days. */
  days: wholeDays(90),
});
const step = { id: 's1', label: 'Send', connector: 'smtp' };
const live = { rel: 'uses', record: aConnection({ status: 'active' }) } as const;

/** WFL-04: it has stopped working, and its credentials have not. */
export const idleWithCredentials = defineCheck({
  id: 'WFL-04',
  version: 2,
  title: 'An idle workflow still holds live credentials',
  over: ['workflow'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'low',
  rationale: 'Reach that serves nobody and that nobody watches. Medium when it is privileged.',
  confidence: 'medium',
  remediation:
    'Ask its owner whether the workflow is still needed; where it is not, take its connections away first, withdraw the credentials that nothing else uses, and delete it.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['ID.AM-08', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-2(3)', 'CM-7'],
    'nist-sp-800-207': ['ZT-3', 'ZT-5'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'orphaned-access',
  params,
  evaluate(workflow, ctx) {
    const held = accessOf(ctx);
    if (held.length === 0) {
      const named = workflow.graph.steps.some((step) => step.connection !== undefined);
      return named ? unknown('The connections that it uses were not read.') : notApplicable;
    }
    const idle = isIdle(workflow, ctx.now - ctx.params.days * DAY, ctx.firstSeen);
    if (idle === false) return pass;
    if (idle === undefined) {
      return workflow.lastRunAt === 'never'
        ? missing(workflow, 'createdAt', 'when it was made')
        : missing(workflow, 'lastRunAt', 'when it last ran');
    }
    const working = held.filter((record) => isLive(record) === true);
    if (working.length === 0) {
      const unclear = held.some((record) => isLive(record) === undefined);
      return unclear ? unknown('The source does not say whether its credentials still work.') : pass;
    }
    return {
      is: 'fail',
      evidence: [
        fact('state', workflow.state, workflow.at),
        ...dated('last run', workflow.lastRunAt, workflow.at),
        ...dated('last change', workflow.updatedAt, workflow.at),
        ...upTo(10, working, 'further ones that it holds', (record) =>
          fact('still holds', `${record.kind} ${record.name}`, record.at),
        ),
      ],
      ...(anyPrivileged(working) === true && { severity: { is: 'medium', because: 'what it holds is privileged' } }),
    };
  },
  examples: {
    fires: [
      {
        name: 'switched off long ago, with a working connection',
        subject: aWorkflow({ state: 'inactive', updatedAt: daysAgo(200) }),
        out: [live],
        severity: 'low',
        tells: ['state: inactive', 'last change: 2025-11-13', 'still holds: connection Mail'],
      },
      {
        name: 'archived long ago, with a working connection',
        subject: aWorkflow({ state: 'archived', updatedAt: daysAgo(200) }),
        out: [live],
        severity: 'low',
      },
      {
        name: 'switched off, nobody says when, and without a run for half a year',
        subject: aWorkflow({ state: 'inactive', lastRunAt: daysAgo(180) }),
        out: [live],
        severity: 'low',
      },
      {
        name: 'the same, and the connection reads all files',
        subject: aWorkflow({ state: 'inactive', lastRunAt: daysAgo(210), updatedAt: daysAgo(200) }),
        out: [{ rel: 'uses', record: aConnection({ status: 'active', scopes: ['Files.Read.All'] }) }],
        severity: 'medium',
      },
      {
        name: 'active and edited last week, but without a run for half a year',
        subject: aWorkflow({ lastRunAt: daysAgo(180), updatedAt: daysAgo(7) }),
        out: [live],
        severity: 'low',
        tells: ['last run: 2025-12-03'],
      },
      {
        name: 'active, on our books for a year and never run',
        subject: aWorkflow({ lastRunAt: 'never' }),
        out: [live],
        severity: 'low',
      },
      {
        name: 'active, and never run since it was made',
        subject: aWorkflow({ lastRunAt: 'never', createdAt: daysAgo(300) }),
        out: [live],
        severity: 'low',
      },
    ],
    quiet: [
      {
        name: 'it ran ninety days ago, which is the limit',
        subject: aWorkflow({ lastRunAt: daysAgo(90) }),
        out: [live],
      },
      {
        name: 'switched off ninety days ago',
        subject: aWorkflow({ state: 'inactive', updatedAt: daysAgo(90) }),
        out: [live],
      },
      {
        name: 'switched off ninety days ago, and without a run for half a year',
        subject: aWorkflow({ state: 'inactive', lastRunAt: daysAgo(180), updatedAt: daysAgo(90) }),
        out: [live],
      },
      {
        name: 'made ninety days ago and never run',
        subject: aWorkflow({ lastRunAt: 'never', createdAt: daysAgo(90) }),
        firstSeen: daysAgo(90),
        out: [live],
      },
      {
        name: 'a draft that somebody still works on',
        subject: aWorkflow({ state: 'draft', lastRunAt: 'never', createdAt: daysAgo(300) }),
        out: [live],
      },
      {
        name: 'it uses no connection at all',
        subject: aWorkflow({ state: 'inactive', graph: { steps: [step], edges: [], triggers: [] } }),
      },
      {
        name: 'its connection has expired',
        subject: aWorkflow({ state: 'inactive', updatedAt: daysAgo(200) }),
        out: [{ rel: 'uses', record: aConnection({ status: 'expired' }) }],
      },
    ],
    unknown: [
      {
        name: 'its connections were not read',
        subject: aWorkflow({
          state: 'inactive',
          graph: { steps: [step, { ...step, connection: 'c1' }], edges: [], triggers: [] },
        }),
      },
      {
        name: 'never run and new to us, and nobody says how old it is',
        subject: aWorkflow({ lastRunAt: 'never' }),
        firstSeen: daysAgo(2),
        out: [live],
      },
      {
        name: 'one connection has expired, and whether the other works is not known',
        subject: aWorkflow({ state: 'inactive' }),
        out: [aConnection({ status: 'expired' }), aConnection({ id: 'c2' })].map((record) => ({ rel: 'uses', record })),
      },
      { name: 'whether it ran is not known', subject: aWorkflow({ gaps: { lastRunAt: 'not-seen' } }), out: [live] },
      {
        name: 'whether the connection works is not known',
        subject: aWorkflow({ state: 'inactive' }),
        out: [{ rel: 'uses', record: aConnection() }],
      },
    ],
  },
});

/** Has nothing happened since the limit? Undefined where nobody knows. */
function isIdle(workflow: Workflow, limit: number, firstSeen: number): boolean | undefined {
  const { state, lastRunAt, updatedAt, createdAt } = workflow;
  if (state === 'draft') return false;
  const off = state === 'inactive' || state === 'archived';
  if (typeof lastRunAt === 'number')
    return lastRunAt < limit && !(off && updatedAt !== undefined && updatedAt >= limit);
  if (off) return updatedAt === undefined || updatedAt < limit;
  if (lastRunAt !== 'never') return undefined;
  if (Math.min(createdAt ?? firstSeen, firstSeen) < limit) return true;
  return createdAt === undefined ? undefined : false;
}
