import { z } from 'zod';
import { defineCheck, pass, unknown, type RecordOf, type Step } from '../../../src/sdk/index.ts';
import { workflowCircumstances } from '../shared/circumstances.ts';
import { isAddressed, readsInternalData, takesDataOut, writesToPublicChannel } from '../shared/connectors.ts';
import { fact } from '../shared/evidence.ts';
import { aWorkflow } from '../shared/examples.ts';
import { downstream, stepAt } from '../shared/graph.ts';
import { isInternalHost, isPrivateHost } from '../shared/hosts.ts';

type Workflow = RecordOf<'workflow'>;
type Way = 'outside' | 'inside' | 'unclear';

const params = z.strictObject({
  /** Most ways that are listed as evidence. */
  most: z.number().int().min(1).default(10),
});

const crm: Step = { id: 'a', label: 'Read customers', connector: 'n8n-nodes-base.salesforce', role: 'source' };
const post: Step = {
  id: 'b',
  label: 'Send away',
  connector: 'n8n-nodes-base.httpRequest',
  role: 'both',
  destinations: ['partner.example.org'],
};
const chat: Step = { id: 'b', label: 'Tell the group', connector: 'n8n-nodes-base.telegram', role: 'sink' };
const toB = { from: 'a', to: 'b' };
const moving = (to: Step, edges = [toB], from = crm): Workflow =>
  aWorkflow({ state: 'unknown', graph: { steps: [from, to], edges, triggers: [] } });
const ours = { internalDomains: ['acme.example'] };

/** WFL-02: data of the organisation can flow to somebody outside it. */
export const dataLeaves = defineCheck({
  id: 'WFL-02',
  version: 1,
  title: 'A workflow passes internal data on to an external destination',
  over: ['workflow'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'high',
  rationale:
    'The way out runs on credentials that are allowed, so nothing else will stop it. Only a real path in the workflow counts, not that both steps are there; lower where it is not known to run.',
  confidence: 'medium',
  remediation:
    'Ask the owner of the data whether it may leave; send to an address of the organisation, or pass on only the fields that the receiver needs, and have the receiver put on the list of approved destinations.',
  controls: {
    'owasp-nhi-2025': ['NHI3:2025'],
    'nist-csf-2.0': ['PR.DS-10', 'DE.CM-09'],
    'nist-sp-800-53-r5': ['AC-4', 'AC-21'],
    'nist-sp-800-207': ['ZT-4', 'ZT-7'],
    'owasp-cd-2026': ['CD-SEC-04'],
  },
  threat: 'data-exfiltration',
  gate: 'exposure',
  params,
  evaluate(workflow, ctx) {
    const ways = waysOut(workflow);
    const domains = ctx.policy.internalDomains;
    const leaving = ways.filter(({ to }) => wayOf(to, domains) === 'outside');
    if (leaving.length > 0) {
      return {
        is: 'fail',
        evidence: leaving
          .slice(0, ctx.params.most)
          .flatMap(({ from, to }) => [
            fact('reads', `${from.label} (${from.connector})`, stepAt(workflow, from)),
            fact('passes on to', `${to.label} (${to.destinations?.join(', ') ?? to.connector})`, stepAt(workflow, to)),
          ]),
        circumstances: workflowCircumstances(workflow, ctx),
      };
    }
    if (!ways.some(({ to }) => wayOf(to, domains) === 'unclear')) return pass;
    return unknown(
      domains.length === 0
        ? 'The policy does not name the domains of the organisation, so a destination cannot be told to be its own.'
        : 'Where the data goes is decided while the workflow runs.',
    );
  },
  examples: {
    fires: [
      {
        name: 'customers to a public chat',
        subject: moving(chat),
        severity: 'medium',
        tells: [
          'reads: Read customers (n8n-nodes-base.salesforce)',
          'passes on to: Tell the group (n8n-nodes-base.telegram)',
        ],
      },
      {
        name: 'customers to a host outside',
        subject: moving(post),
        policy: ours,
        severity: 'medium',
        tells: ['passes on to: Send away (partner.example.org)'],
      },
      {
        name: 'two ways out, of which a report names one',
        subject: aWorkflow({
          state: 'unknown',
          graph: { steps: [crm, chat, { ...chat, id: 'c' }], edges: [toB, { from: 'a', to: 'c' }], triggers: [] },
        }),
        params: { most: 1 },
        severity: 'medium',
      },
      {
        name: 'the same, live in production',
        subject: { ...moving(post), state: 'active' },
        policy: ours,
        environment: 'production',
        severity: 'high',
      },
      { name: 'the same, switched off', subject: { ...moving(chat), state: 'inactive' }, severity: 'low' },
    ],
    quiet: [
      { name: 'both steps are there, but no path joins them', subject: moving(chat, []) },
      {
        name: 'the destination is the organisation’s own',
        subject: moving({ ...post, destinations: ['hooks.acme.example'] }),
        policy: ours,
      },
      {
        name: 'the destination is a machine in the same network',
        subject: moving({ ...post, destinations: ['10.0.0.7'] }),
        policy: ours,
      },
      {
        name: 'to a place where the organisation works, whose target nothing names',
        subject: moving({ ...chat, connector: 'n8n-nodes-base.slack' }),
      },
      {
        name: 'what anybody can read is passed on',
        subject: moving(chat, [toB], { ...crm, connector: 'n8n-nodes-base.rssFeedRead' }),
      },
      {
        name: 'a page outside is read after it, and nothing sent',
        subject: moving({ ...post, role: 'source' }),
        policy: ours,
      },
      { name: 'the reading step is switched off', subject: moving(chat, [toB], { ...crm, disabled: true }) },
      { name: 'the sending step is switched off', subject: moving({ ...chat, disabled: true }) },
    ],
    unknown: [
      {
        name: 'the address is computed',
        subject: moving({ id: 'b', label: 'Mail', connector: 'smtp', role: 'sink' }),
        policy: ours,
      },
      { name: 'nobody has said which domains are the organisation’s own', subject: moving(post) },
    ],
  },
});

/** Pairs of a step that reads internal data and a later step that hands data out. */
function waysOut(workflow: Workflow): { from: Step; to: Step }[] {
  return workflow.graph.steps
    .filter((step) => step.disabled !== true && readsInternalData(step))
    .flatMap((from) =>
      downstream(workflow.graph, from.id)
        .filter(takesDataOut)
        .map((to) => ({ from, to })),
    );
}

function wayOf(step: Step, domains: readonly string[]): Way {
  if (writesToPublicChannel(step)) return 'outside';
  const foreign = (step.destinations ?? []).filter((host) => !isPrivateHost(host) && !isInternalHost(host, domains));
  if (foreign.length > 0) return domains.length === 0 ? 'unclear' : 'outside';
  return step.destinations === undefined && isAddressed(step) ? 'unclear' : 'inside';
}
