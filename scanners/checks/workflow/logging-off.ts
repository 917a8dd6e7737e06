import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type Circumstances,
  type Container,
  type RecordOf,
} from '../../../src/sdk/index.ts';
import { inProduction, isLive, workflowCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { anEndpoint, anIdentity, aWorkflow } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const params = z.strictObject({
  /** Runs must be kept for so many days; 0 asks for none. */
  retentionDays: z.number().int().min(0).default(0),
});

type Subject = RecordOf<'workflow' | 'endpoint' | 'container'>;
const words = {
  workflow: { title: 'Runs of the workflow', are: 'its runs are', label: 'runs logged' },
  endpoint: { title: 'Deliveries of the webhook', are: 'its deliveries are', label: 'deliveries logged' },
  container: { title: 'Changes in the account', are: 'changes in it are', label: 'changes logged' },
} as const;

const account: Container = { kind: 'container', id: 'acme', name: 'Acme', type: 'account' };

/** WFL-03: nothing will be left to look at after an incident. */
export const loggingOff = defineCheck({
  id: 'WFL-03',
  version: 2,
  title: 'Runs, deliveries or changes are not logged, or not kept long enough',
  over: ['workflow', 'endpoint', 'container'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'medium',
  rationale:
    'After an incident nobody can tell what it did, with what, and for whom. Lower where errors alone are kept, and for the deliveries of a webhook.',
  confidence: 'high',
  remediation:
    'Switch on the saving of runs in the settings of the workflow, and keep them for as long as the policy asks; keep the contents of sensitive steps out of them.',
  controls: {
    'owasp-nhi-2025': ['NHI10:2025'],
    'nist-csf-2.0': ['PR.PS-04'],
    'nist-sp-800-53-r5': ['AU-2', 'AU-11', 'AU-12'],
    'nist-sp-800-207': ['ZT-5', 'ZT-7'],
    'owasp-cd-2026': ['CD-SEC-10'],
  },
  threat: 'blind-spot',
  gate: 'logging',
  params,
  evaluate(subject, ctx) {
    if (subject.kind !== 'workflow' && !keepsLog(subject)) return notApplicable;
    const { logging, at } = subject;
    const what = words[subject.kind];
    if (logging === undefined) return missing(subject, 'logging', `whether ${what.are} logged`);
    const circumstances = circumstancesOf(subject, ctx);
    const title = `${what.title} are not logged, or not kept long enough`;
    if (logging.runs === 'off') {
      const lower = { severity: { is: 'low', because: 'the receiver sees what arrives' } } as const;
      const evidence = [fact(what.label, 'off', at)];
      return { is: 'fail', title, evidence, ...(subject.kind === 'endpoint' && lower), circumstances };
    }
    if (logging.runs === 'errors-only') {
      const severity = { is: 'low', because: 'what fails is logged' } as const;
      return { is: 'fail', title, evidence: [fact(what.label, 'errors only', at)], severity, circumstances };
    }
    const wanted = ctx.params.retentionDays;
    if (wanted === 0) return pass;
    if (logging.retentionDays === undefined) return unknown('The source does not say for how long its log is kept.');
    if (logging.retentionDays >= wanted) return pass;
    return {
      is: 'fail',
      title: `${what.title} are not kept long enough`,
      evidence: [
        fact('days that they are kept', logging.retentionDays, at),
        fact('days that the policy asks for', wanted),
      ],
      severity: { is: 'low', because: 'they are logged, but not kept long enough' },
      circumstances,
    };
  },
  examples: {
    fires: [
      {
        name: 'a live workflow that leaves no trace',
        subject: aWorkflow({ logging: { runs: 'off' } }),
        severity: 'medium',
      },
      {
        name: 'the same in production',
        subject: aWorkflow({ logging: { runs: 'off' } }),
        environment: 'production',
        severity: 'high',
      },
      {
        name: 'the same with an administrator’s account',
        subject: aWorkflow({ logging: { runs: 'off' } }),
        out: [{ rel: 'uses', record: anIdentity({ admin: true }) }],
        severity: 'high',
      },
      { name: 'errors alone are kept', subject: aWorkflow({ logging: { runs: 'errors-only' } }), severity: 'low' },
      {
        name: 'kept for too short a time',
        subject: aWorkflow({ logging: { runs: 'on', retentionDays: 3 } }),
        params: { retentionDays: 90 },
        severity: 'low',
      },
      {
        name: 'a webhook whose deliveries leave no trace',
        subject: anEndpoint({ state: 'active', logging: { runs: 'off' } }),
        severity: 'low',
      },
      {
        name: 'an account without an audit log',
        subject: { ...account, logging: { runs: 'off' } },
        environment: 'production',
        severity: 'medium',
      },
    ],
    quiet: [
      { name: 'a folder keeps no log of its own', subject: { ...account, type: 'folder' } },
      { name: 'a call is part of a run', subject: anEndpoint({ type: 'http-call' }) },
      { name: 'runs are logged', subject: aWorkflow({ logging: { runs: 'on' } }) },
      {
        name: 'kept long enough',
        subject: aWorkflow({ logging: { runs: 'on', retentionDays: 90 } }),
        params: { retentionDays: 90 },
      },
    ],
    unknown: [
      { name: 'the audit log could not be asked for', subject: { ...account, gaps: { logging: 'not-licensed' } } },
      { name: 'the export does not tell', subject: aWorkflow({ gaps: { logging: 'not-seen' } }) },
      {
        name: 'retention is not known',
        subject: aWorkflow({ logging: { runs: 'on' } }),
        params: { retentionDays: 90 },
      },
    ],
  },
});

/** Webhooks that a platform delivers, and what an audit log is kept for. */
function keepsLog(subject: RecordOf<'endpoint' | 'container'>): boolean {
  return subject.kind === 'endpoint'
    ? subject.type === 'event-webhook'
    : ['account', 'organisation', 'instance'].includes(subject.type);
}

function circumstancesOf(subject: Subject, ctx: CheckContext): Circumstances {
  if (subject.kind === 'workflow') return workflowCircumstances(subject, ctx);
  return { live: isLive(subject), production: inProduction(ctx.environment) };
}
