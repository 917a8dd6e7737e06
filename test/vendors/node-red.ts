import { seeded } from '../../scanners/secrets/samples.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';

const sample = seeded(1880);
const password = sample.alnum(20);
const token = sample.alnum(128);
/** Stands in the code of a function. */
export const inlineToken = `ghp_${sample.alnum(36)}`;

export interface NodeRedOptions {
  /** Without `adminAuth`, or with rights for a default user; otherwise everybody has to log in. */
  open?: 'no adminAuth' | 'default user';
  permissions?: string | readonly string[];
  /** Whether `httpNodeAuth` is set; undefined where diagnostics are switched off. */
  callers?: 'SET' | 'UNSET';
  /** Somebody stopped the flows, or Node-RED was started in safe mode. */
  stopped?: true | 'safe';
  /** One before 3.0 has no diagnostics. */
  version?: string;
  /** A project is open, which has a key of its own. */
  project?: true;
  /** The editor is switched off, and with it what it alone asks for. */
  noEditor?: true;
}

/** The admin API of an instance with three tabs. Tokens are handed out for a password. */
export function vendor(options: NodeRedOptions = { callers: 'UNSET' }): FixtureVendor {
  return {
    settings: (url) => ({ url: `${url}/admin`, username: 'rollcall', password: 'env:NODE_RED_PASSWORD' }),
    env: { NODE_RED_PASSWORD: password, NODE_RED_TOKEN: token },
    answer(request) {
      const [, path] = /^\/admin(\/.+)$/.exec(request.path) ?? [];
      if (path === undefined) return undefined;
      if (path === '/auth/login')
        return { json: options.open === 'no adminAuth' ? {} : { type: 'credentials', prompts: [] } };
      if (path === '/auth/token') return options.open === 'no adminAuth' ? undefined : exchange(request);
      const known = request.headers.get('authorization') === `Bearer ${token}`;
      if (!known && options.open === undefined) return { status: 401, text: 'Unauthorized' };
      return answerTo(request, path, known, options);
    },
  };
}

/** https://nodered.org/docs/api/admin/oauth */
function exchange({ method, body }: VendorRequest): VendorAnswer {
  const form = new URLSearchParams(body);
  const right =
    method === 'POST' &&
    form.get('client_id') === 'node-red-admin' &&
    form.get('grant_type') === 'password' &&
    form.get('scope') === 'read' &&
    form.get('username') === 'rollcall' &&
    form.get('password') === password;
  if (!right)
    return { status: 403, json: { error: 'invalid_grant', error_description: 'Invalid resource owner credentials' } };
  return { json: { access_token: token, expires_in: 604_800, token_type: 'Bearer' } };
}

function answerTo(
  { headers }: VendorRequest,
  path: string,
  known: boolean,
  { open, permissions = 'read', callers, stopped, version = '5.0.7', project, noEditor }: NodeRedOptions,
): VendorAnswer | undefined {
  const [, node] = /^\/credentials\/[^/]+\/([^/]+)$/.exec(path) ?? [];
  if (node !== undefined) return noEditor ? undefined : { json: logins[node] ?? {} };
  const user = known ? { username: 'rollcall', permissions } : { anonymous: true, permissions: 'read' };
  switch (path) {
    case '/settings':
      return {
        json: {
          ...settings,
          version,
          ...(project && { flowEncryptionType: 'project' }),
          ...(open !== 'no adminAuth' && { user }),
        },
      };
    case '/diagnostics':
      if (version < '3') return undefined;
      return callers === undefined
        ? { status: 403, json: { code: 'diagnostics.disabled', message: 'disabled' } }
        : {
            json: {
              runtime: { version, flows: flowsAre(stopped), settings: { ...unset, httpNodeAuth: callers } },
            },
          };
    case '/flow/global':
      return { json: { id: 'global', configs: [] } };
    case '/flows':
      return headers.get('node-red-api-version') === 'v2' ? { json: { flows, rev: 'a1b2' } } : { json: flows };
    case '/nodes':
      return { json: nodes.map((each) => (each.module === 'node-red' ? { ...each, version } : each)) };
    default:
      return undefined;
  }
}

/** In safe mode it says that they were started. */
const flowsAre = (stopped: true | 'safe' | undefined) => ({
  state: stopped === true ? 'stop' : (stopped ?? 'start'),
  started: stopped !== true,
});
const unset = {
  adminAuth: 'SET',
  httpNodeRoot: '/',
  httpNodeCors: 'UNSET',
  httpStatic: 'UNSET',
  httpAdminCors: 'UNSET',
};
const settings = {
  httpNodeRoot: '/',
  version: '5.0.7',
  externalModules: { palette: { allowInstall: true } },
  flowEncryptionType: 'system',
  functionExternalModules: true,
  telemetryEnabled: false,
};

const call = (n: number) => {
  const id = `call${String(n).padStart(2, '0')}`;
  return { id, type: 'http request', z: 'tab-3', name: `Call ${n}`, url: 'http://hr.acme.example/api', wires: [[]] };
};
const flows = [
  { id: 'tab-1', type: 'tab', label: 'HR sync', disabled: false, info: 'Owner: dana@acme.example' },
  { id: 'in', type: 'http in', z: 'tab-1', name: '', url: '/hr-hook', method: 'post', wires: [['fn']] },
  {
    id: 'fn',
    type: 'function',
    z: 'tab-1',
    name: 'Add token',
    func: `msg.token = '${inlineToken}';`,
    wires: [['sheet']],
  },
  { id: 'sheet', type: 'GSheet', z: 'tab-1', name: 'Append', wires: [[]] },
  { id: 'tab-2', type: 'tab', label: 'Heating', disabled: true, info: null },
  { id: 'mq', type: 'mqtt in', z: 'tab-2', name: '', broker: 'broker', wires: [[]] },
  { id: 'broker', type: 'mqtt-broker', name: 'Hall', broker: 'broker.acme.example', port: '1883', usetls: false },
  {
    id: 'tab-3',
    type: 'tab',
    label: 'Calls',
    disabled: false,
    env: [
      { name: 'STAGE', value: 'test', type: 'str' },
      { name: 'DB_PASSWORD', type: 'cred' },
    ],
  },
  { id: 'all', type: 'group', z: 'tab-3', name: 'All calls', nodes: [], env: [{ name: 'TOKEN', type: 'cred' }] },
  { id: 'part', type: 'subflow:sub', z: 'tab-3', name: 'Part', env: [{ name: 'KEY', type: 'cred' }], wires: [[]] },
  ...Array.from({ length: 44 }, (_, n) => call(n)),
];

const logins: Readonly<Record<string, unknown>> = {
  call03: { user: 'nobody', has_password: false },
  broker: { user: 'svc-mqtt', has_password: true },
  call07: { user: '', has_password: true, note: 'a field that its author forgot to declare' },
  call41: { username: 'svc-hr', has_apiKey: true, has_other: false },
  sheet: { has_token: true },
  'tab-3': { has_DB_PASSWORD: true },
  all: { has_TOKEN: true },
  part: { has_KEY: false },
};

const core = ['http in', 'http request', 'function', 'mqtt in', 'mqtt-broker'];
const nodes = [
  { id: 'node-red/core', name: 'core', types: core, enabled: true, local: false, module: 'node-red', version: '5.0.7' },
  {
    id: 'node-red-contrib-google-sheets/GSheet',
    name: 'GSheet',
    types: ['GSheet'],
    enabled: true,
    local: true,
    user: true,
    module: 'node-red-contrib-google-sheets',
    version: '1.1.2',
  },
];
