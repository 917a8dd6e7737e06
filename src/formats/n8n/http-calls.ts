import type { Authentication, Json } from '../../sdk/index.ts';
import type { Call } from '../endpoints.ts';
import { literalTarget, mailDomains, type Target } from '../hosts.ts';
import { provesCaller } from '../secret-headers.ts';
import { at, entriesAt, listAt, textAt, type Part } from '../tree.ts';
import { callerAuthentication, chosenType } from './connections.ts';
import { isHttp, shortType } from './node-types.ts';

const urlParameters = ['url', 'uri', 'endpoint', 'endpointUrl', 'sseEndpoint', 'baseURL', 'baseUrl', 'serverUrl'];
const mailParameters = ['toEmail', 'sendTo', 'toRecipients', 'to', 'ccEmail', 'bccEmail', 'cc', 'bcc'];
const secretQuery = /^(?:key|sig)$|api[-_]?key|token|secret|password/i;

/** Scheme and host of a parameter; an expression counts where it begins with a literal host. */
function target(value: Part): Target | undefined {
  if (typeof value !== 'string') return undefined;
  return literalTarget(value.replace(/^=\s*(?:\{\{\s*(["'`]))?/, ''));
}

function targets(parameters: Part): Target[] {
  const options = at(parameters, 'options');
  const values = urlParameters.flatMap((key) => [at(parameters, key), at(options, key)]);
  return values.flatMap((value) => target(value) ?? []);
}

/** Hosts and mail domains that a node's parameters name as places to send to. */
export function destinations(parameters: Part): string[] {
  const options = at(parameters, 'options');
  const mails = mailParameters.flatMap((key) => [at(parameters, key), at(options, key)]).flatMap(mailDomains);
  return [...new Set([...targets(parameters).map((target) => target.host), ...mails])];
}

/** The request that a node makes, where its host is written out. */
export function callsOf(node: Json, step: string, pointer: string): Call[] {
  const type = textAt(node, 'type') ?? '';
  const client = /^mcpClient(?:Tool)?$/.test(shortType(type));
  if (!isHttp(type) && !client) return [];
  const parameters = at(node, 'parameters');
  const authentication = outboundAuthentication(node, parameters);
  const open = certificatesUnchecked(parameters);
  return targets(parameters)
    .slice(0, 1)
    .map((target) => ({ ...target, step, pointer, authentication, ...(open && { verifyTls: false as const }) }));
}

/** `Ignore SSL Issues`, in today's options and at its place in the first versions of the node. */
export function certificatesUnchecked(parameters: Part): boolean {
  return (
    at(parameters, 'options', 'allowUnauthorizedCerts') === true || at(parameters, 'allowUnauthorizedCerts') === true
  );
}

function outboundAuthentication(node: Json, parameters: Part): Authentication {
  const mode = textAt(parameters, 'authentication');
  const chosen = chosenType(parameters);
  if (chosen !== undefined) return callerAuthentication(chosen);
  const [stored] = entriesAt(node, 'credentials');
  if (stored !== undefined) return callerAuthentication(stored[0]);
  if (mode !== undefined && mode !== 'none') return 'unknown';
  if (namesIn(parameters, headers).some(provesCaller)) return 'header';
  return namesIn(parameters, queries).some((name) => secretQuery.test(name)) ? 'query' : 'none';
}

/** Where the versions of the nodes keep what goes along: as fields, or as JSON that somebody wrote. */
interface Places {
  fields: readonly string[];
  json: readonly string[];
}
const headers: Places = {
  fields: ['headerParameters', 'headerParametersUi', 'parametersHeaders'],
  json: ['jsonHeaders', 'headerParametersJson'],
};
const queries: Places = {
  fields: ['queryParameters', 'queryParametersUi', 'parametersQuery'],
  json: ['jsonQuery', 'queryParametersJson'],
};

function namesIn(parameters: Part, { fields, json }: Places): string[] {
  const named = fields.flatMap((group) =>
    ['parameters', 'parameter', 'values'].flatMap((list) =>
      listAt(parameters, group, list).flatMap((field) => textAt(field, 'name') ?? []),
    ),
  );
  const written = json.flatMap((key) => [...(textAt(parameters, key) ?? '').matchAll(/"([\w-]{1,80})"\s*:/g)]);
  return [...named, ...written.map(([, name = '']) => name)];
}
