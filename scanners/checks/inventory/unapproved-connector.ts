import { z } from 'zod';
import {
  defineCheck,
  globMatchesAny,
  pass,
  unknown,
  type Policy,
  type Step,
  type Workflow,
} from '../../../src/sdk/index.ts';
import { workflowCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aWorkflow } from '../shared/examples.ts';
import { stepAt } from '../shared/graph.ts';
import { missing } from '../shared/missing.ts';

/**
 * Speaks of connectors that the policy forbids, and of those it does not approve once it approves any: an empty list
 * means that nothing has been decided yet, and then nobody can say of what is not forbidden whether it is approved.
 */
export const unapprovedConnector = defineCheck({
  id: 'INV-04',
  version: 1,
  title: 'Uses a connector that is not on the approved list',
  over: ['workflow'],
  severity: 'medium',
  rationale: 'A way for data that nobody has looked at; high when it is forbidden, or live in production.',
  confidence: 'high',
  remediation: 'Use an approved connector for this step, or ask for this one to be reviewed and put on the list.',
  controls: {
    'owasp-nhi-2025': ['NHI3:2025'],
    'nist-csf-2.0': ['ID.AM-04', 'GV.SC-07', 'PR.PS-05'],
    'nist-sp-800-53-r5': ['AC-20', 'CM-7', 'SA-9'],
    'nist-sp-800-207': ['ZT-1', 'ZT-4'],
    'owasp-cd-2026': ['CD-SEC-04', 'CD-SEC-06'],
  },
  threat: 'third-party-compromise',
  gate: 'connectors',
  params: z.strictObject({}),
  evaluate(workflow, ctx) {
    if (workflow.gaps?.['graph'] !== undefined) return missing(workflow, 'graph', 'what it is made of');
    const offending = [...Map.groupBy(workflow.graph.steps, ({ connector }) => connector)]
      .map(([connector, steps]) => ({ connector, steps, ruling: ruling(ctx.policy, connector, steps) }))
      .filter(({ ruling }) => ruling !== 'allowed');
    if (offending.length === 0) return isDecided(ctx.policy, workflow) ? pass : unknown(undecided);
    return offending.map(({ connector, steps, ruling }) => ({
      is: 'fail',
      discriminator: connector,
      ...(ruling === 'forbidden' && {
        title: 'Uses a connector that the policy forbids',
        severity: { is: 'high', because: 'the policy forbids this connector' },
      }),
      evidence: [
        fact('connector', connector),
        ...steps.map((step) => fact('step', step.label, stepAt(workflow, step))),
      ],
      circumstances: workflowCircumstances(workflow, ctx),
    }));
  },
  examples: {
    fires: [
      {
        name: 'two messengers that nobody approved',
        subject: using('telegram', 'discord', 'slack'),
        policy: { connectors: { approved: ['slack', 'http*'], forbidden: [] } },
        severity: 'medium',
        tells: ['connector: telegram', 'step: Call telegram', 'connector: discord'],
      },
      {
        name: 'one of them, live in production',
        subject: using('telegram'),
        policy: { connectors: { approved: ['slack'], forbidden: [] } },
        environment: 'production',
        severity: 'high',
      },
      {
        name: 'a forbidden step, wherever it runs',
        subject: using('execute-command'),
        policy: { connectors: { approved: [], forbidden: ['execute-*'] } },
        severity: 'high',
      },
      {
        name: 'a step that rearranges data by code of its own, which might do anything',
        subject: ofSteps({ ...aStep('code'), role: 'transform', code: 'javascript' }),
        policy: { connectors: { approved: ['slack'], forbidden: [] } },
        severity: 'medium',
      },
      {
        name: 'two steps of one connector, of which one reaches out',
        subject: ofSteps({ ...aStep('files'), id: 'sort', role: 'transform' }, aStep('files')),
        policy: { connectors: { approved: ['slack'], forbidden: [] } },
        severity: 'medium',
      },
      {
        name: 'a forbidden step in production, though no list of approved connectors exists',
        subject: using('execute-command'),
        policy: { connectors: { approved: [], forbidden: ['execute-*'] } },
        environment: 'production',
        severity: 'high',
      },
    ],
    quiet: [
      {
        name: 'everything is approved',
        subject: using('slack', 'http-request'),
        policy: { connectors: { approved: ['slack', 'http*'], forbidden: [] } },
      },
      {
        name: 'the step is switched off',
        subject: ofSteps({ ...aStep('telegram'), disabled: true }),
        policy: { connectors: { approved: ['slack'], forbidden: ['telegram'] } },
      },
      {
        name: 'a step that only rearranges data needs no approval',
        subject: ofSteps({ ...aStep('set'), role: 'transform' }),
        policy: { connectors: { approved: ['slack'], forbidden: [] } },
      },
      {
        name: 'nothing has been decided, and nothing of it has to be',
        subject: ofSteps({ ...aStep('set'), role: 'transform' }, { ...aStep('telegram'), disabled: true }),
      },
    ],
    unknown: [
      {
        name: 'nothing has been decided',
        subject: ofSteps({ ...aStep('set'), role: 'transform' }, aStep('telegram')),
      },
      { name: 'we may not see its steps', subject: aWorkflow({ gaps: { graph: 'denied' } }) },
    ],
  },
});

function ruling(
  { connectors }: Policy,
  connector: string,
  steps: readonly Step[],
): 'allowed' | 'unapproved' | 'forbidden' {
  const running = steps.filter(({ disabled }) => disabled !== true);
  if (running.length === 0) return 'allowed';
  if (globMatchesAny(connectors.forbidden, connector)) return 'forbidden';
  if (connectors.approved.length === 0 || globMatchesAny(connectors.approved, connector)) return 'allowed';
  return running.every(staysInside) ? 'allowed' : 'unapproved';
}

/** Moving data about inside the workflow reaches nobody; code might. */
function staysInside({ role, code }: Step): boolean {
  return role === 'transform' && code === undefined;
}

const undecided = 'The policy does not say which connectors are approved.';

/** Nothing has to be decided about steps that are switched off or reach nobody. */
function isDecided({ connectors }: Policy, { graph }: Workflow): boolean {
  return connectors.approved.length > 0 || graph.steps.every((step) => step.disabled === true || staysInside(step));
}

function using(...connectors: readonly string[]): Workflow {
  return ofSteps(...connectors.map(aStep));
}

function ofSteps(...steps: readonly Step[]): Workflow {
  return aWorkflow({ graph: { steps, edges: [], triggers: [] } });
}

function aStep(connector: string): Step {
  return { id: connector, label: `Call ${connector}`, connector, role: 'both' };
}
