import { connection, endpoint, localId } from '../../sdk/index.ts';
import type { Authentication, Connection, Content, Document, Item, WorkflowState } from '../../sdk/index.ts';
import { literalTarget, mailboxIn } from '../hosts.ts';
import { at, idAt, isObject, textAt, type Part } from '../tree.ts';
import { labelOf, pointerTo, type Entry, type FlowsFile } from './flows-file.ts';

/** Configuration nodes that lead nowhere: certificates, dashboards, and Node-RED's own. */
const furniture = /^(?:tls-config|global-config|websocket-listener|group|ui[_-].*|dashboard.*)$/;

/** Does this configuration node stand for a system that flows connect to? */
export function isConnection(entry: Entry): boolean {
  return !furniture.test(entry.type);
}

/** Id of the connection that a configuration node of this file stands for. */
export function connectionId(document: Pick<Document, 'path'>, node: string): string {
  return localId(document, node);
}

/** A configuration node as a connection. Whose account it is, only an e-mail address among its fields tells. */
export function connectionRecord(
  document: Document,
  file: FlowsFile,
  entry: Entry,
  contents: readonly Content[],
): Item {
  const { node, type } = entry;
  const email = mailboxIn(textAt(node, 'user') ?? textAt(node, 'username') ?? textAt(node, 'name'));
  return connection({
    id: connectionId(document, entry.id),
    name: labelOf(entry),
    platform: 'node-red',
    connector: type,
    authentication: loginOf(node),
    ...(email !== undefined && { subject: 'person' as const, account: { email } }),
    at: { path: document.path, pointer: pointerTo(file, entry) },
    contents,
  });
}

/** The sort of login that the fields name; the values themselves are kept in the credentials file. */
function loginOf(node: Part): NonNullable<Connection['authentication']> {
  const names = [node, at(node, 'credentials')].flatMap((part) => (isObject(part) ? Object.keys(part) : []));
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/^(?:clientSecret|client_secret|refreshToken|tenantId)$/i)) return 'oauth';
  if (has(/^(?:api[_-]?key|token|access[_-]?token)$/i)) return 'api-key';
  return has(/^(?:user(?:name)?|pass(?:word)?)$/i) ? 'password' : 'unknown';
}

/** The message broker that a configuration node stands for; none for any other node. */
export function brokerRecord(
  document: Document,
  file: FlowsFile,
  entry: Entry,
  state: WorkflowState,
): Item<'endpoint'>[] {
  if (entry.type !== 'mqtt-broker') return [];
  const { node } = entry;
  const written = textAt(node, 'broker') ?? '';
  const usesTls = at(node, 'usetls') === true;
  const target = literalTarget(written.includes('://') ? written : `${usesTls ? 'mqtts' : 'mqtt'}://${written}`);
  return [
    endpoint({
      id: localId(document, `${entry.id}/broker`),
      name: target?.host ?? labelOf(entry),
      direction: 'outbound',
      platform: 'node-red',
      type: 'broker',
      authentication: brokerLogin(node, file),
      host: target?.host,
      scheme: target?.scheme,
      verifyTls: isUnchecked(node, file, target?.scheme) ? false : undefined,
      state,
      at: { path: document.path, pointer: pointerTo(file, entry), step: labelOf(entry) },
    }),
  ];
}

function brokerLogin(node: Part, file: FlowsFile): Authentication {
  if (textAt(node, 'credentials', 'user') !== undefined || textAt(node, 'user') !== undefined) return 'basic';
  const tls = tlsOf(node, file);
  return textAt(tls, 'cert') !== undefined || textAt(tls, 'certname') !== undefined ? 'mtls' : 'unknown';
}

/**
 * Without TLS settings a broker's certificate is checked only where the broker itself says so, as old flows do.
 * https://github.com/node-red/node-red/blob/master/packages/node_modules/%40node-red/nodes/core/network/10-mqtt.js
 */
function isUnchecked(node: Part, file: FlowsFile, scheme: string | undefined): boolean {
  if (scheme !== 'mqtts' && scheme !== 'wss') return false;
  if (at(node, 'usetls') === true && idAt(node, 'tls') !== undefined) return uncheckedCertificates(node, file);
  return at(node, 'verifyservercert') !== true && textAt(node, 'verifyservercert') !== 'true';
}

/** True when the TLS settings that a node refers to switch off the check of the server's certificate. */
export function uncheckedCertificates(node: Part, file: FlowsFile): boolean {
  return at(tlsOf(node, file), 'verifyservercert') === false;
}

function tlsOf(node: Part, file: FlowsFile): Part {
  const tls = file.byId.get(idAt(node, 'tls') ?? '');
  return tls?.type === 'tls-config' ? tls.node : undefined;
}
