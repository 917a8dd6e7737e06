import { z } from 'zod';
import { defineCheck, pass, unknown } from '../../../src/sdk/index.ts';
import { workflowCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aWorkflow } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const params = z.strictObject({
  /** Runs must be kept for so many days; 0 asks for none. */
  retentionDays: z.number().int().min(0).default(0),
});

/** WFL-03: nothing will be left to look at after an incident. */
export const loggingOff = defineCheck({
  id: 'WFL-03',
  version: 1,
  title: 'Runs of the workflow are not logged, or not kept long enough',
  over: ['workflow'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'medium',
  rationale:
    'After an incident nobody can tell what it did, with what, and for whom. Lower where errors alone are kept.',
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
  evaluate(workflow, ctx) {
    const { logging, at } = workflow;
    if (logging === undefined) return missing(workflow, 'logging', 'whether its runs are logged');
    const circumstances = workflowCircumstances(workflow, ctx);
    if (logging.runs === 'off') return { is: 'fail', evidence: [fact('runs logged', 'off', at)], circumstances };
    if (logging.runs === 'errors-only') {
      const severity = { is: 'low', because: 'runs that fail are logged' } as const;
      return { is: 'fail', evidence: [fact('runs logged', 'errors only', at)], severity, circumstances };
    }
    const wanted = ctx.params.retentionDays;
    if (wanted === 0) return pass;
    if (logging.retentionDays === undefined) return unknown('The source does not say for how long runs are kept.');
    if (logging.retentionDays >= wanted) return pass;
    return {
      is: 'fail',
      title: 'Runs of the workflow are not kept long enough',
      evidence: [
        fact('days that runs are kept', logging.retentionDays, at),
        fact('days that the policy asks for', wanted),
      ],
      severity: { is: 'low', because: 'runs are logged, but not kept long enough' },
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
      { name: 'errors alone are kept', subject: aWorkflow({ logging: { runs: 'errors-only' } }), severity: 'low' },
      {
        name: 'kept for too short a time',
        subject: aWorkflow({ logging: { runs: 'on', retentionDays: 3 } }),
        params: { retentionDays: 90 },
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'runs are logged', subject: aWorkflow({ logging: { runs: 'on' } }) },
      {
        name: 'kept long enough',
        subject: aWorkflow({ logging: { runs: 'on', retentionDays: 365 } }),
        params: { retentionDays: 90 },
      },
    ],
    unknown: [
      { name: 'the export does not tell', subject: aWorkflow({ gaps: { logging: 'not-seen' } }) },
      {
        name: 'retention is not known',
        subject: aWorkflow({ logging: { runs: 'on' } }),
        params: { retentionDays: 90 },
      },
    ],
  },
});
