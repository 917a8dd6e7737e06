import { z } from 'zod';
import {
  defineCheck,
  globMatchesAny,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type Policy,
  type RecordOf,
  type Step,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { inProduction, isLive, workflowCircumstances } from '../shared/circumstances.ts';
import { isAddressed, readsInternalData, takesDataOut, writesToPublicChannel } from '../shared/connectors.ts';
import { fact } from '../shared/evidence.ts';
import { anEndpoint, aWorkflow } from '../shared/examples.ts';
import { downstream, stepAt } from '../shared/graph.ts';
import { isInternalHost, isPrivateHost } from '../shared/hosts.ts';
import { missing } from '../shared/missing.ts';

type Workflow = RecordOf<'workflow'>;
type Endpoint = RecordOf<'endpoint'>;
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
const prompts = anEndpoint({
  name: 'Claude Code: prompts (llm.partner.example)',
  type: 'model-api',
  host: 'llm.partner.example',
  state: 'active',
});

/** WFL-02: data of the organisation can flow to somebody outside it. */
export const dataLeaves = defineCheck({
  id: 'WFL-02',
  version: 2,
  title: 'A workflow passes internal data on to an external destination',
  over: ['workflow', 'endpoint'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'high',
  rationale:
    'The way out runs on credentials that are allowed, so nothing else will stop it. Only a real path in the workflow counts, not that both steps are there; lower where it is not known to run. Of an AI client whose prompts are sent elsewhere, medium: many go through a gateway that somebody chose, but settings that come with a project can also choose one for whoever opens it.',
  confidence: 'medium',
  remediation:
    'Ask the owner of the data whether it may leave; send to an address of the organisation, or pass on only the fields that the receiver needs, and have the receiver put on the policy’s list of approved destinations. An AI client that sends its prompts elsewhere hands over its sign-in as well: take the address out of its settings unless you know whose it is.',
  references: ['https://code.claude.com/docs/en/llm-gateway'],
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
  evaluate(subject, ctx) {
    return subject.kind === 'workflow' ? ofWorkflow(subject, ctx) : ofPrompts(subject, ctx);
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
      {
        name: 'settings send what an AI client asks its model to a host outside',
        subject: prompts,
        policy: ours,
        severity: 'medium',
        tells: ['prompts go to: llm.partner.example'],
      },
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
      {
        name: 'the destination is on the list of approved ones',
        subject: moving(post),
        policy: { ...ours, approvedDestinations: ['*.example.org'] },
      },
      {
        name: 'prompts go through the organisation’s own gateway',
        subject: { ...prompts, host: 'llm.acme.example' },
        policy: ours,
      },
      { name: 'prompts stay on the machine', subject: { ...prompts, host: 'localhost' } },
      {
        name: 'prompts go through a gateway that was approved',
        subject: prompts,
        policy: { approvedDestinations: ['llm.partner.example'] },
      },
      {
        name: 'another request, which its workflow is asked about',
        subject: { ...prompts, type: 'http-call' },
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
      { name: 'nor whether the gateway for prompts is its own', subject: prompts },
    ],
  },
});

function ofWorkflow(workflow: Workflow, ctx: CheckContext<{ most: number }>): Verdict {
  const ways = waysOut(workflow);
  const leaving = ways.filter(({ to }) => wayOf(to, ctx.policy) === 'outside');
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
  if (!ways.some(({ to }) => wayOf(to, ctx.policy) === 'unclear')) return pass;
  return unknown(
    ctx.policy.internalDomains.length === 0
      ? domainsUnknown
      : 'Where the data goes is decided while the workflow runs.',
  );
}

const domainsUnknown =
  'The policy does not name the domains of the organisation, so a destination cannot be told to be its own.';

/** What an AI client sends to its model, where settings say that another host gets it. */
function ofPrompts(endpoint: Endpoint, ctx: CheckContext): Verdict | readonly Verdict[] {
  if (endpoint.type !== 'model-api') return notApplicable;
  if (endpoint.host === undefined) return missing(endpoint, 'host', 'where its prompts go');
  if (!isForeign(endpoint.host, ctx.policy)) return pass;
  if (ctx.policy.internalDomains.length === 0) return unknown(domainsUnknown);
  return {
    is: 'fail',
    title: 'An AI client sends its prompts to an external destination',
    severity: { is: 'medium', because: 'it may be a gateway that somebody chose on purpose' },
    evidence: [fact('prompts go to', endpoint.host, endpoint.at)],
    circumstances: { live: isLive(endpoint), production: inProduction(ctx.environment) },
  };
}

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

function wayOf(step: Step, policy: Policy): Way {
  if (writesToPublicChannel(step)) return 'outside';
  if (step.destinations?.some((host) => isForeign(host, policy)) === true)
    return policy.internalDomains.length === 0 ? 'unclear' : 'outside';
  return step.destinations === undefined && isAddressed(step) ? 'unclear' : 'inside';
}

function isForeign(host: string, { approvedDestinations, internalDomains }: Policy): boolean {
  return !isPrivateHost(host) && !isInternalHost(host, internalDomains) && !globMatchesAny(approvedDestinations, host);
}
