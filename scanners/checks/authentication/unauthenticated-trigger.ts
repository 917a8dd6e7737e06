import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type RecordOf,
  type Trigger,
  type TriggerKind,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { inProduction, runs, workflowCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aConnection, anEndpoint, aWorkflow, daysAgo } from '../shared/examples.ts';
import { downstream, stepAt } from '../shared/graph.ts';

type Workflow = RecordOf<'workflow'>;
type Endpoint = RecordOf<'endpoint'>;

const callable: ReadonlySet<TriggerKind> = new Set(['webhook', 'form', 'chat', 'mcp']);
const callableEndpoints: ReadonlySet<Endpoint['type']> = new Set([
  'webhook',
  'form',
  'chat',
  'mcp',
  'web-app',
  'admin-api',
  'public-link',
]);
/** Made for people to open without an account. */
const madeForPeople: ReadonlySet<Endpoint['type']> = new Set(['form', 'chat', 'public-link']);
const words: Partial<Record<TriggerKind, string>> = {
  webhook: 'webhook',
  form: 'form',
  chat: 'chat',
  mcp: 'MCP server',
};

const hook = aWorkflow({
  graph: {
    steps: [
      { id: 'in', label: 'Webhook', connector: 'n8n-nodes-base.webhook', pointer: '/nodes/0' },
      { id: 'run', label: 'Run script', connector: 'n8n-nodes-base.executeCommand', code: 'shell' },
    ],
    edges: [{ from: 'in', to: 'run' }],
    triggers: [{ step: 'in', kind: 'webhook', authentication: 'none' }],
  },
});
const running = (code: 'sql' | 'javascript'): Workflow => ({
  ...hook,
  graph: { ...hook.graph, steps: hook.graph.steps.map((step) => ({ ...step, code })) },
});
const plain: Workflow = { ...hook, graph: { ...hook.graph, edges: [] } };
const withTrigger = (trigger: Partial<Trigger>): Workflow => ({
  ...plain,
  graph: { ...plain.graph, triggers: [{ step: 'in', kind: 'webhook', authentication: 'none', ...trigger }] },
});
const inbound = anEndpoint({ direction: 'inbound', type: 'web-app', authentication: 'none', state: 'active' });

/** AUT-02: anybody who knows the address can start it. */
export const unauthenticatedTrigger = defineCheck({
  id: 'AUT-02',
  version: 3,
  title: 'Anybody can start the workflow without proving who they are',
  over: ['workflow', 'endpoint'],
  reads: ['connection', 'workflow'],
  severity: 'high',
  rationale:
    'Whoever has the address runs the workflow with its credentials. Nearly all webhooks are built so, hence the combination decides: critical when it is live and privileged or runs commands; low when it is switched off; lower for forms and chats, which are often open on purpose.',
  confidence: 'high',
  remediation:
    'Turn on authentication in the step that starts the workflow (a header key, a signature or a sign-in), give the caller the key, and change the address if it has been passed around.',
  controls: {
    'owasp-nhi-2025': ['NHI4:2025'],
    'nist-csf-2.0': ['PR.AA-03', 'PR.IR-01'],
    'nist-sp-800-53-r5': ['IA-9', 'AC-3'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'unauthorised-invocation',
  gate: 'exposure',
  params: z.strictObject({}),
  evaluate(subject, ctx) {
    return subject.kind === 'workflow' ? ofWorkflow(subject, ctx) : ofEndpoint(subject, ctx);
  },
  examples: {
    fires: [
      {
        name: 'a template of which nothing else is known',
        subject: { ...plain, state: 'unknown' },
        severity: 'medium',
      },
      { name: 'a live workflow that does nothing dangerous', subject: plain, severity: 'high' },
      {
        name: 'a live workflow that runs commands',
        subject: hook,
        severity: 'critical',
        tells: ['starts without authentication: webhook', 'then runs: shell in Run script'],
      },
      { name: 'a live workflow that sends queries to a database', subject: running('sql'), severity: 'critical' },
      { name: 'a live workflow whose code only reckons', subject: running('javascript'), severity: 'high' },
      {
        name: 'a live workflow with a privileged connection',
        subject: plain,
        out: [{ rel: 'uses', record: aConnection({ scopes: ['Mail.ReadWrite'] }) }],
        severity: 'critical',
      },
      { name: 'a workflow that is switched off', subject: { ...hook, state: 'inactive' }, severity: 'low' },
      {
        name: 'a form of which nothing else is known',
        subject: { ...withTrigger({ kind: 'form' }), state: 'unknown' },
        severity: 'low',
      },
      {
        name: 'a live MCP server whose tools anybody may call',
        subject: withTrigger({ kind: 'mcp' }),
        severity: 'high',
        tells: ['starts without authentication: MCP server'],
      },
      { name: 'a live chat, which is there to be opened', subject: withTrigger({ kind: 'chat' }), severity: 'medium' },
      {
        name: 'a live form, and a webhook beside it',
        subject: {
          ...plain,
          graph: {
            ...plain.graph,
            triggers: [...withTrigger({ kind: 'form' }).graph.triggers, ...plain.graph.triggers],
          },
        },
        severity: 'high',
      },
      {
        name: 'the live administration of a platform',
        subject: { ...inbound, type: 'admin-api' },
        severity: 'critical',
      },
      {
        name: 'a live web app in production that will be open for a week more',
        subject: { ...inbound, expiresAt: daysAgo(-7) },
        environment: 'production',
        severity: 'critical',
      },
      { name: 'a live web app that no workflow stands behind', subject: inbound, severity: 'high' },
      {
        name: 'a live link with which anybody signs',
        subject: { ...inbound, type: 'public-link' },
        severity: 'medium',
      },
    ],
    quiet: [
      { name: 'callers send a header key', subject: withTrigger({ authentication: 'header' }) },
      { name: 'it runs by the clock', subject: withTrigger({ kind: 'schedule' }) },
      {
        name: 'the step that could be called is switched off',
        subject: {
          ...plain,
          graph: { ...plain.graph, steps: [{ id: 'in', label: 'Webhook', connector: 'webhook', disabled: true }] },
        },
      },
      {
        name: 'the endpoint belongs to a workflow, which speaks for it',
        subject: inbound,
        out: [{ rel: 'contained-in', record: plain }],
      },
      {
        name: 'a link that ends by itself',
        subject: { ...inbound, type: 'public-link', expiresAt: daysAgo(-7) },
      },
      { name: 'a web app behind a sign-in', subject: { ...inbound, authentication: 'oauth' } },
      { name: 'a web app of somebody else, which is called', subject: { ...inbound, direction: 'outbound' } },
      { name: 'a queue that messages are fetched from', subject: { ...inbound, type: 'broker' } },
      { name: 'a link that works once', subject: { ...inbound, type: 'public-link', usesLeft: 1 } },
      {
        name: 'the endpoint is called by the workflow',
        subject: anEndpoint({ type: 'http-call', authentication: 'none' }),
      },
    ],
    unknown: [
      {
        name: 'the export does not say how callers prove themselves',
        subject: withTrigger({ authentication: 'unknown' }),
      },
      { name: 'the endpoint does not say it either', subject: { ...inbound, authentication: 'unknown' } },
    ],
  },
});

function ofWorkflow(workflow: Workflow, ctx: CheckContext): Verdict {
  const steps = new Map(workflow.graph.steps.map((step) => [step.id, step]));
  const triggers = workflow.graph.triggers.filter(
    ({ kind, step }) => callable.has(kind) && steps.get(step)?.disabled !== true,
  );
  const open = triggers.filter(({ authentication }) => authentication === 'none');
  if (open.length === 0) {
    const unclear = triggers.some(({ authentication }) => authentication === 'unknown');
    return unclear ? unknown('The source does not say how callers of its trigger prove who they are.') : pass;
  }
  const forPeople = open.every(({ kind }) => kind === 'form' || kind === 'chat');
  const reached = open.flatMap(({ step }) => downstream(workflow.graph, step));
  const commands = reached.find(({ code }) => code === 'shell' || code === 'sql');
  const circumstances = workflowCircumstances(workflow, ctx);
  return {
    is: 'fail',
    evidence: [
      ...open.map(({ step, kind }) => {
        const trigger = steps.get(step);
        return fact('starts without authentication', words[kind] ?? kind, trigger && stepAt(workflow, trigger));
      }),
      ...(commands ? [fact('then runs', `${commands.code} in ${commands.label}`, stepAt(workflow, commands))] : []),
    ],
    ...(forPeople && { severity: { is: 'medium', because: 'forms and chats are often open on purpose' } }),
    circumstances: {
      ...circumstances,
      privileged: circumstances.privileged === true || commands !== undefined,
      // Who has the address needs nothing else, wherever they are; what is made for people is there to be reached.
      external: circumstances.live === true && !forPeople,
    },
  };
}

/** An endpoint that no workflow in the inventory stands behind: a web app, a platform's own administration. */
function ofEndpoint(endpoint: Endpoint, ctx: CheckContext): Verdict | readonly Verdict[] {
  if (endpoint.direction !== 'inbound' || !callableEndpoints.has(endpoint.type)) return notApplicable;
  if (ctx.out('contained-in', 'workflow').length > 0) return notApplicable;
  if (endpoint.authentication === 'unknown') return unknown('The source does not say how callers prove who they are.');
  if (endpoint.authentication !== 'none') return pass;
  // So many uses, or so many days, are left of it.
  const limited = typeof endpoint.usesLeft === 'number' || typeof endpoint.expiresAt === 'number';
  if (limited && endpoint.type === 'public-link') return pass;
  return {
    is: 'fail',
    title: 'Anybody can call the endpoint without proving who they are',
    evidence: [fact('answers without authentication', endpoint.type, endpoint.at)],
    ...(madeForPeople.has(endpoint.type) && { severity: { is: 'low', because: 'it is made for people to open' } }),
    circumstances: {
      live: runs(endpoint.state),
      privileged: endpoint.type === 'admin-api',
      production: inProduction(ctx.environment),
      external: runs(endpoint.state),
    },
  };
}
