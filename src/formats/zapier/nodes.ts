import { pointer, type Authentication, type Step, type Trigger } from '../../sdk/index.ts';
import type { Call } from '../endpoints.ts';
import { literalTarget, mailDomains, type Target } from '../hosts.ts';
import { roleOf, roleOfMethod } from '../roles.ts';
import { provesCaller } from '../secret-headers.ts';
import { at, entriesAt, idAt, textAt, type Part } from '../tree.ts';

/** One step of a zap with its place in the document. */
export interface Node {
  id: string;
  parent: string | undefined;
  /** `SlackCLIAPI` of `SlackCLIAPI@1.2.3`. */
  app: string;
  version: string | undefined;
  action: string;
  label: string;
  /** Opaque id of the connected account. */
  authentication: string | undefined;
  pointer: string;
  value: Part;
}

const LOCAL = /^(?:Filter|Delay|Paths|BranchingAPI|Formatter|Looping|ZapierFormatter|Storage|EngineAPI)/;
const METHODS: { readonly [action: string]: string } = { get: 'GET', poll: 'GET', retrieve_poll: 'GET' };

/** The steps of a zap, in the order of the file. */
export function readNodes(zap: Part, path: readonly (string | number)[]): Node[] {
  return entriesAt(zap, 'nodes').map(([key, value]) => {
    const [app = '', version] = (textAt(value, 'selected_api') ?? '').split('@');
    const action = textAt(value, 'action') ?? '';
    return {
      id: key,
      value,
      app: app === '' ? 'unknown' : app,
      version,
      action,
      parent: idAt(value, 'parent_id'),
      label:
        textAt(value, 'meta', 'stepTitle') ??
        (idAt(value, 'parent_id') === undefined ? undefined : textAt(value, 'title')) ??
        ([app.replace(/(?:CLI|Dev)?API$/, ''), action].filter(Boolean).join(' ') || key),
      authentication: idAt(value, 'authentication_id'),
      pointer: pointer(...path, 'nodes', key),
    };
  });
}

/** A node as a step of the common graph. */
export function stepOf(node: Node, connection: string | undefined): Step {
  const { app, version, action, value } = node;
  const target = targetOf(node);
  const recipients = ['to', 'cc', 'bcc', 'recipients'].flatMap((field) => mailDomains(at(value, 'params', field)));
  const destinations = [...new Set([...(target ? [target.host] : []), ...recipients])];
  const role = roleOfNode(node);
  return {
    id: node.id,
    label: node.label,
    connector: app,
    ...(action !== '' && { operation: action }),
    ...(connection !== undefined && { connection }),
    ...(role !== undefined && { role }),
    ...(/^Code(?:CLI)?API/.test(app) && { code: codeOf(node) }),
    // `App217413CLIAPI`: an integration that somebody built and never published.
    ...(/^App\d+(?:CLI)?API$/.test(app) && {
      component: { name: app, ...(version !== undefined && { version, pinned: true }), origin: 'local' as const },
    }),
    ...(destinations.length > 0 && { destinations }),
    pointer: node.pointer,
  };
}

/** What starts the zap: its node without a parent. */
export function triggerOf(node: Node): Trigger {
  const { id: step, app, action } = node;
  if (app.startsWith('WebHook')) {
    return /hook/.test(action)
      ? { step, kind: 'webhook', authentication: 'none' }
      : { step, kind: 'event', authentication: 'unknown' };
  }
  if (app.startsWith('Schedule')) return { step, kind: 'schedule', authentication: 'unknown' };
  if (/^(?:ZapierMail|EmailParser|Mail(?:CLI)?API|IMAP|Gmail)/i.test(app))
    return { step, kind: 'email', authentication: 'unknown' };
  if (/^(?:Interfaces|ZapierInterfaces|ZapierForms)/.test(app))
    return { step, kind: 'form', authentication: 'unknown' };
  if (/^(?:SubZap|EngineAPI)/.test(app)) return { step, kind: 'call', authentication: 'session' };
  if (app.startsWith('Push')) return { step, kind: 'manual', authentication: 'session' };
  return { step, kind: app === 'unknown' ? 'unknown' : 'event', authentication: 'unknown' };
}

/** The request that a webhook or API step makes, when its host is written out. */
export function callOf(node: Node): Call | undefined {
  const target = targetOf(node);
  return target && { ...target, step: node.label, pointer: node.pointer, authentication: requestAuthentication(node) };
}

function targetOf({ app, action, value, parent }: Node): Target | undefined {
  const calls = app.startsWith('WebHook')
    ? parent !== undefined || !/hook/.test(action)
    : action === '_zap_raw_request';
  return calls ? literalTarget(at(value, 'params', 'url')) : undefined;
}

function requestAuthentication({ value, authentication }: Node): Authentication {
  if (authentication !== undefined) return 'unknown';
  if (textAt(value, 'params', 'basic_auth') ?? textAt(value, 'params', 'auth')) return 'basic';
  const headers = entriesAt(value, 'params', 'headers').map(([name]) => name);
  return headers.some(provesCaller) ? 'header' : 'unknown';
}

function roleOfNode({ app, action, value, parent }: Node): Step['role'] {
  if (parent === undefined) return app.startsWith('Schedule') ? 'transform' : 'source';
  if (LOCAL.test(app) || app.startsWith('Code')) return 'transform';
  if (app.startsWith('WebHook')) return roleOfMethod(textAt(value, 'params', 'method') ?? METHODS[action] ?? 'POST');
  if (action === '_zap_raw_request') return roleOfMethod(textAt(value, 'params', 'method'));
  switch (textAt(value, 'type_of')) {
    case 'read':
    case 'search':
      return 'source';
    case 'write':
      return 'sink';
    case 'search_or_write':
      return 'both';
    case 'filter':
      return 'transform';
    default:
      return roleOf(action);
  }
}

function codeOf({ action, label }: Node): NonNullable<Step['code']> {
  return /python/i.test(`${action} ${label}`) ? 'python' : 'javascript';
}
