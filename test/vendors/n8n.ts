import { jwt, seeded } from '../../scanners/secrets/samples.ts';
import {
  credentials,
  earlier,
  members,
  packages,
  projects,
  users,
  variables,
  workflow,
  workflows,
} from './n8n/organisation.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';

const scopes = [
  'workflow:list',
  'workflow:read',
  'execution:list',
  'credential:list',
  'user:list',
  'project:list',
  'variable:list',
  'securityAudit:generate',
  'communityPackage:list',
  'sourceControl:read',
];
/** The key's own words: whose it is, and until when. */
export const claims = { sub: users[0]?.id, iss: 'n8n', aud: 'public-api', iat: 1_767_225_600, exp: 1_798_761_600 };
const key = jwt(seeded(88), claims);

/** The public API of an instance with five workflows, whose lists are cut into pages of two or three. */
export function vendor(more: { scopes?: readonly string[]; version?: Version } = {}): FixtureVendor {
  return {
    settings: (url) => ({ url: `${url}/`, editorUrl: 'https://n8n.acme.example/', apiKey: 'env:N8N_API_KEY' }),
    env: { N8N_API_KEY: key },
    answer(request) {
      if (request.headers.get('x-n8n-api-key') !== key) return { status: 401, json: { message: 'Unauthorized' } };
      const [, path] = /^\/api\/v1(\/.+)$/.exec(request.path) ?? [];
      const older = path === undefined || more.version === undefined ? undefined : before(more.version, request, path);
      if (older !== undefined) return older;
      if (path === '/discover')
        return { json: { data: { scopes: [...scopes, ...(more.scopes ?? [])], resources: {} } } };
      return path === undefined ? undefined : answerTo(request, path);
    },
  };
}

/** Older ones, in the words in which they were seen to refuse what they do not have. */
export type Version = '1.70' | '1.123' | '2.30';

function before(version: Version, { query }: VendorRequest, path: string): VendorAnswer | undefined {
  const refusal = (status: number, message: string): VendorAnswer => ({ status, json: { message } });
  if (version === '1.70' && query.has('excludePinnedData'))
    return refusal(400, "Unknown query parameter 'excludePinnedData'");
  if (/^\/workflows\/[^/]+\/history$/.test(path)) return refusal(400, "Unknown query parameter 'limit'");
  if (/\/versions\/|^\/source-control\/status$/.test(path)) return refusal(404, 'not found');
  if (version === '2.30') return undefined;
  if (/^\/(?:discover|community-packages)$/.test(path)) return refusal(404, 'not found');
  return /^\/credentials$|^\/projects\/.*\/users$/.test(path) ? refusal(405, 'GET method not allowed') : undefined;
}

function answerTo(request: VendorRequest, path: string): VendorAnswer | undefined {
  const [, first = '', id = '', last, which = ''] = path.split('/');
  if (request.method === 'POST') return path === '/audit' ? { json: audit } : undefined;
  switch (last === undefined ? first : `${first}/${last}`) {
    case 'users':
      return page(request, users, 2);
    case 'credentials':
      return page(request, credentials, 3);
    case 'projects':
      return page(request, projects, 2);
    case 'projects/users':
      return page(request, members[id] ?? [], 1);
    case 'variables':
      return page(request, variables, 1);
    case 'community-packages':
      return { json: packages };
    case 'executions':
      return page(request, runsOf(request.query.get('workflowId') ?? ''), 250);
    case 'source-control':
      return id === 'status' ? { json: { data: [{ id: 'wf1', type: 'workflow', status: 'modified' }] } } : undefined;
    case 'workflows/versions':
      return version(id, which);
    case 'workflows/history':
      return workflow(id) && page(request, workflow(id)?.history ?? [], 1);
    case 'workflows':
      return id === '' ? page(request, workflows.map(briefly), 2) : detail(id);
    default:
      return undefined;
  }
}

/** As n8n pages: the cursor holds offset and limit, and is null on the last page. */
function page({ query }: VendorRequest, all: readonly unknown[], most: number): VendorAnswer {
  const cursor = query.get('cursor');
  const at = cursor === null ? { limit: Number(query.get('limit') ?? 100), offset: 0 } : place(cursor);
  if (at === undefined) return { status: 400, json: { message: 'An invalid cursor was provided' } };
  const limit = Math.min(at.limit, most);
  const next = at.offset + limit;
  const nextCursor = next < all.length ? Buffer.from(JSON.stringify({ limit, offset: next })).toString('base64') : null;
  return { json: { data: all.slice(at.offset, next), nextCursor } };
}

function place(cursor: string): { limit: number; offset: number } | undefined {
  const found = /^\{"limit":(\d+),"offset":(\d+)\}$/.exec(Buffer.from(cursor, 'base64').toString());
  return found === null ? undefined : { limit: Number(found[1]), offset: Number(found[2]) };
}

type Stored = (typeof workflows)[number];

/** A list names projects by id alone, and leaves out who published. */
function briefly({ definition, shared }: Stored) {
  const { activeVersion, ...rest } = definition;
  const { workflowPublishHistory: _, ...version } = activeVersion ?? { workflowPublishHistory: [] };
  return {
    ...rest,
    activeVersion: activeVersion && version,
    shared: shared.map(({ project, ...share }) => ({ ...share, projectId: project.id })),
  };
}

function detail(id: string): VendorAnswer | undefined {
  const found = workflow(id);
  return found && { json: { ...found.definition, shared: found.shared } };
}

/** Any version of a workflow but the one that it is now. */
function version(workflowId: string, versionId: string): VendorAnswer | undefined {
  const listed = workflow(workflowId)?.history.find((each) => each.versionId === versionId);
  return listed && { json: { ...listed, workflowId, nodeGroups: [], ...earlier(versionId) } };
}

function runsOf(id: string) {
  const at = workflow(id)?.lastRun;
  return at === undefined
    ? []
    : [{ id: '41', status: 'success', mode: 'trigger', startedAt: at, stoppedAt: at, workflowId: id }];
}

const audit = {
  'Instance Risk Report': {
    risk: 'instance',
    sections: [
      { title: 'Unprotected webhooks in instance', location: [{ kind: 'node', workflowId: 'wfLeave000000001' }] },
      {
        title: 'Outdated instance',
        nextVersions: [{ name: '2.41.2', hasSecurityIssue: false, hasSecurityFix: true }],
      },
      {
        title: 'Security settings',
        settings: {
          features: { communityPackagesEnabled: true, publicApiEnabled: true, templatesEnabled: false },
          nodes: { nodesExclude: 'n8n-nodes-base.executeCommand', nodesInclude: 'none' },
          telemetry: { diagnosticsEnabled: false },
        },
      },
    ],
  },
};
