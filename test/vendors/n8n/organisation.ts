import { seeded, uuid } from '../../../scanners/secrets/samples.ts';
import { example } from '../../../src/formats/n8n/example.ts';

const sample = seeded(41);
const userId = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
/** Stands in a node of the workflow "Nightly export", and in a variable. */
export const inlineToken = `ghp_${sample.alnum(36)}`;
/** Stood in the first version of the workflow "Leave requests", and was taken out of it. */
export const formerToken = `ghp_${sample.alnum(36)}`;

/** An owner, a maker, an admin without a name, and somebody who never took up the invitation. */
export const users = [
  ['olga@acme.example', 'Olga', 'Owner', 'global:owner'],
  ['dana@acme.example', 'Dana', 'Maker', 'global:member'],
  ['Kim@acme.example', null, null, 'global:admin'],
  ['late@acme.example', null, null, 'global:member'],
].map(([email, firstName, lastName, role], n) => ({
  id: userId(n),
  email,
  firstName,
  lastName,
  role,
  isPending: n === 3,
  mfaEnabled: n === 0,
  createdAt: `2026-01-0${n + 1}T08:00:00.000Z`,
  updatedAt: `2026-02-0${n + 1}T08:00:00.000Z`,
}));

export const projects = [
  { id: 'prPersonalOlga001', name: 'Olga Owner <olga@acme.example>', type: 'personal', creatorId: userId(0) },
  { id: 'prPersonalDana001', name: 'Dana Maker <dana@acme.example>', type: 'personal', creatorId: userId(1) },
  { id: 'prFinance00000001', name: 'Finance', type: 'team', creatorId: userId(0), icon: null },
].map((project) => ({ ...project, createdAt: '2026-01-01T08:00:00.000Z', updatedAt: '2026-01-01T08:00:00.000Z' }));
const [olgas, danas, finance] = projects;

export const members: Readonly<Record<string, unknown[]>> = {
  prFinance00000001: [
    { id: userId(1), email: 'dana@acme.example', role: 'project:admin' },
    { id: userId(2), email: 'kim@acme.example', role: 'project:editor' },
    { id: userId(0), email: 'olga@acme.example', role: 'project:admin' },
  ],
};

const share = (project: (typeof projects)[number] | undefined, role: string) => ({
  id: project?.id,
  name: project?.name,
  role,
});
export const credentials = [
  ['CredHr0000000001', 'HR system', 'httpHeaderAuth', [share(danas, 'credential:owner')]],
  ['CredAi0000000001', 'OpenAI', 'openAiApi', [share(olgas, 'credential:owner'), share(finance, 'credential:user')]],
  ['CredMail00000001', 'Gmail (dana@acme.example)', 'gmailOAuth2', [share(danas, 'credential:owner')]],
  ['CredDb0000000001', 'Ledger', 'postgres', [share(finance, 'credential:owner')]],
  ['CredOld000000001', 'Drive robot', 'googleApi', null],
].map(([id, name, type, shared], n) => ({
  id,
  name,
  type,
  shared,
  createdAt: `2025-0${n + 1}-01T08:00:00.000Z`,
  updatedAt: `2026-0${n + 1}-01T08:00:00.000Z`,
}));

export const variables = [
  { id: 'var1', key: 'REGION', value: 'eu-west-1', type: 'string', project: null },
  { id: 'var2', key: 'GITHUB_TOKEN', value: inlineToken, type: 'string', project: finance },
  { id: 'var3', key: 'EMPTY', value: null, type: 'string' },
];

export const packages = [
  {
    packageName: 'n8n-nodes-pdf',
    installedVersion: '1.4.2',
    authorName: 'Somebody',
    authorEmail: 'somebody@pdf.example',
    installedNodes: [{ name: 'PDF', type: 'n8n-nodes-pdf.pdf', latestVersion: 1 }],
    createdAt: '2026-01-03T08:00:00.000Z',
    updatedAt: '2026-01-03T08:00:00.000Z',
    failedLoading: null,
  },
  { packageName: 'n8n-nodes-broken', installedVersion: '0.1.0', installedNodes: [], failedLoading: true },
];

interface Definition {
  id: string;
  name: string;
  activeVersion?: { workflowPublishHistory: readonly unknown[]; [field: string]: unknown } | null;
  [field: string]: unknown;
}

function made(n: number, name: string, more: Record<string, unknown> = {}): Definition {
  const schedule = { id: 's', name: 'Every night', type: 'n8n-nodes-base.scheduleTrigger', parameters: {} };
  const send = {
    id: 'h',
    name: 'Send',
    type: 'n8n-nodes-base.httpRequest',
    parameters: { url: 'https://ledger.acme.example/api', authentication: 'predefinedCredentialType' },
    credentials: { postgres: { id: 'CredDb0000000001', name: 'Ledger' } },
  };
  return {
    id: `wfMade${n}000000001`,
    name,
    description: null,
    active: false,
    isArchived: false,
    createdAt: '2026-01-05T08:00:00.000Z',
    updatedAt: '2026-01-06T08:00:00.000Z',
    versionId: uuid(sample),
    nodes: [schedule, send],
    connections: { 'Every night': { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
    settings: { executionOrder: 'v1' },
    staticData: null,
    meta: { instanceId: 'instance-a' },
    tags: [],
    activeVersion: null,
    ...more,
  };
}

const withToken = {
  id: 'c',
  name: 'Call',
  type: 'n8n-nodes-base.code',
  parameters: { jsCode: `const headers = { authorization: 'Bearer ${inlineToken}' };` },
};
const nightly = made(1, 'Nightly export', { active: true });
/** What is live is the draft: n8n gives its nodes twice. */
const steps = { nodes: [...(nightly['nodes'] as unknown[]), withToken], connections: nightly['connections'] };
const published = { ...steps, versionId: nightly['versionId'], authors: 'Dana Maker', workflowPublishHistory: [] };
/** Each with its shares, the versions that its history lists, and when it last ran. */
export const workflows = [
  { definition: leaveRequests(), shared: [owned(danas)], lastRun: '2026-05-30T08:00:00.000Z', history: history(3) },
  {
    definition: { ...nightly, ...steps, activeVersion: published },
    shared: [owned(finance)],
    lastRun: '2026-05-31T02:00:00.000Z',
    history: history(1),
  },
  ...['Draft', 'Old', 'Test'].map((name, n) => ({
    definition: made(n + 2, name, {
      isArchived: name === 'Old',
      tags: name === 'Test' ? [{ id: 't', name: 'test' }] : null,
    }),
    shared: [owned(olgas)],
    lastRun: undefined,
    history: history(n % 2),
  })),
];

/** What a version was: the first one had a token in it. */
export function earlier(versionId: string) {
  const node = { ...withToken, parameters: { jsCode: `const token = '${formerToken}';` } };
  return { nodes: versionId === 'v1' ? [node] : [], connections: {} };
}

export function workflow(id: string) {
  return workflows.find(({ definition }) => definition.id === id);
}

/** The format's own example, whose pinned data this connector must not ask for. */
function leaveRequests(): Definition {
  const { pinData: _, shared: __, ...rest } = JSON.parse(example.text) as Definition;
  // Changed since it was published.
  return { ...rest, versionId: 'v3' };
}

function owned(project: (typeof projects)[number] | undefined) {
  return { role: 'workflow:owner', project: project ?? { id: '' } };
}

function history(length: number) {
  return Array.from({ length }, (_, n) => ({
    versionId: `v${length - n}`,
    authors: n === 0 ? 'Dana Maker, Kim Helper' : 'Dana Maker',
    name: null,
    createdAt: `2026-02-0${length - n}T09:00:00.000Z`,
  }));
}
