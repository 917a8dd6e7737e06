import { z } from 'zod';
import {
  defineCheck,
  pass,
  unknown,
  type CheckContext,
  type Component,
  type RecordOf,
  type Step,
} from '../../../src/sdk/index.ts';
import { storedCredentials, workflowCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aConnection, aCredential, aWorkflow } from '../shared/examples.ts';
import { stepAt } from '../shared/graph.ts';

type Workflow = RecordOf<'workflow'>;

const step = (component: Component, more: Partial<Step> = {}): Step => {
  return { id: component.name, label: 'Enrich', connector: component.name, component, ...more };
};
const running = (steps: readonly Step[], fields: Partial<Workflow> = {}): Workflow =>
  aWorkflow({ graph: { steps, edges: [], triggers: [] }, ...fields });
const connected = { connection: 'c1' };
const mayWrite = { permissions: ['contents: write'] };
const community: Component = { name: 'n8n-nodes-enrich', origin: 'community' };
const action: Component = { name: 'someone/deploy', version: 'v2', pinned: false, origin: 'community' };
const vendors: Component = { ...action, name: 'actions/cache', origin: 'built-in' };

/** TPI-04: code of strangers, or code that can change overnight, runs where credentials are. */
export const looseComponent = defineCheck({
  id: 'TPI-04',
  version: 1,
  title: 'A community or unpinned component runs with access to credentials',
  over: ['workflow'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'medium',
  rationale:
    'An update by its author, or by whoever took the author’s account, runs with the credentials of the workflow. High when it is live and privileged; lower for the platform vendor’s own parts.',
  confidence: 'high',
  remediation:
    'Pin the component to one exact version (for a build action: the full commit id), check who maintains it, and give it only the credential that it needs; prefer the platform’s own part where there is one.',
  controls: {
    'owasp-nhi-2025': ['NHI3:2025'],
    'nist-csf-2.0': ['ID.RA-09', 'PR.PS-02'],
    'nist-sp-800-53-r5': ['SI-7', 'SR-6'],
    'nist-sp-800-207': ['ZT-5'],
    'owasp-cd-2026': ['CD-SEC-06', 'CD-SEC-01'],
  },
  threat: 'third-party-compromise',
  gate: 'connectors',
  params: z.strictObject({}),
  evaluate(workflow, ctx) {
    const loose = workflow.graph.steps.filter(({ disabled, component }) => disabled !== true && isLoose(component));
    if (loose.length === 0) return pass;
    const shared = reachesAll(workflow, ctx);
    const reaching = loose.filter(({ connection }) => connection !== undefined || shared === true);
    if (reaching.length === 0) {
      return shared === undefined
        ? unknown('The source does not say which credentials the component can reach.')
        : pass;
    }
    const fromVendor = reaching.every(
      ({ component }) => component?.origin === 'verified' || component?.origin === 'built-in',
    );
    const doubtful = reaching.every(({ component }) => component?.origin === 'unknown');
    return {
      is: 'fail',
      evidence: reaching.map((each) => fact('component', described(each), stepAt(workflow, each))),
      circumstances: workflowCircumstances(workflow, ctx),
      ...(fromVendor && { severity: { is: 'low', because: 'the platform’s vendor maintains or has checked it' } }),
      ...(doubtful && { confidence: 'low' }),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live community node with a connection',
        subject: running([step(community, connected)]),
        severity: 'medium',
        tells: ['component: n8n-nodes-enrich (not verified, version not fixed)'],
      },
      {
        name: 'a live component of nobody knows whom',
        subject: running([step({ name: 'enrich', origin: 'unknown' }, connected)]),
        severity: 'medium',
      },
      {
        name: 'a community node beside a credential that every step can use',
        subject: running([step(community)]),
        out: [{ rel: 'uses', record: aCredential() }],
        severity: 'medium',
      },
      {
        name: 'a live community node with a privileged connection',
        subject: running([step(community, connected)]),
        out: [{ rel: 'uses', record: aConnection({ id: 'c1', scopes: ['Mail.ReadWrite'] }) }],
        severity: 'high',
      },
      {
        name: 'an unpinned action in a build that may write',
        subject: running([step(action)], { ...mayWrite, state: 'unknown' }),
        severity: 'low',
        tells: ['component: someone/deploy@v2 (not verified, version can change)'],
      },
      {
        name: 'the vendor’s own action, unpinned',
        subject: running([step(vendors)], mayWrite),
        severity: 'low',
        tells: ['component: actions/cache@v2 (of the platform or verified, version can change)'],
      },
      {
        name: 'an action that the vendor has verified, unpinned',
        subject: running([step({ ...action, origin: 'verified' })], mayWrite),
        severity: 'low',
        tells: ['component: someone/deploy@v2 (of the platform or verified, version can change)'],
      },
      {
        name: 'the vendor’s own action, one of strangers, and one of nobody knows whom',
        subject: running([step(vendors), step(action), step({ ...action, origin: 'unknown' })], mayWrite),
        severity: 'medium',
      },
    ],
    quiet: [
      {
        name: 'an action pinned to a commit',
        subject: running([step({ ...action, pinned: true })], mayWrite),
      },
      {
        name: 'a community node in a workflow that may only read',
        subject: running([step(action)], { permissions: ['contents: read'] }),
      },
      {
        name: 'a part of the platform itself',
        subject: running([step({ name: 'n8n-nodes-base.slack', origin: 'built-in' }, connected)]),
      },
      {
        name: 'an action of the repository itself',
        subject: running([step({ name: './deploy', origin: 'local', pinned: false })], mayWrite),
      },
      {
        name: 'a community node that is switched off',
        subject: running([step(community, { ...connected, disabled: true })]),
      },
    ],
    unknown: [
      { name: 'what the component can reach is not known', subject: running([step(community)]) },
      {
        name: 'it may do what a setting of its repository says',
        subject: running([step(action)], { permissions: ['default'] }),
      },
    ],
  },
});

/** Strangers' code that is not held to one version; a full pin is as good as reading it once. */
function isLoose(component: Component | undefined): boolean {
  if (component === undefined || component.pinned === true) return false;
  if (component.origin === 'community' || component.origin === 'unknown') return true;
  return component.origin !== 'local' && component.pinned === false;
}

/** Can every step of the workflow reach its credentials? So it is in builds and scripts, which run with one set of rights. */
function reachesAll(workflow: Workflow, ctx: CheckContext): boolean | undefined {
  if (storedCredentials(ctx).length > 0) return true;
  const permissions = workflow.permissions?.filter((permission) => !/:\s*(?:read|none)$|^read-all$/.test(permission));
  if (permissions === undefined) return undefined;
  if (permissions.some((permission) => permission !== 'default')) return true;
  return permissions.length === 0 ? false : undefined;
}

function described({ component }: Step): string {
  const { name = '', version, pinned, origin } = component ?? {};
  const trusted = origin === 'verified' || origin === 'built-in';
  const words = [
    trusted ? 'of the platform or verified' : 'not verified',
    pinned === undefined ? 'version not fixed' : 'version can change',
  ];
  return `${version === undefined ? name : `${name}@${version}`} (${words.join(', ')})`;
}
