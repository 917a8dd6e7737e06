import { connection, reference, sharedId } from '../../sdk/index.ts';
import type { Authentication, Connection, CredentialType, Item } from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { at, entriesAt, idAt, textAt, type Part } from '../tree.ts';

/** A credential as a node names it. */
export interface CredentialRef {
  id: string;
  type: string;
  name: string;
}

const known: { readonly [type: string]: NonNullable<Connection['authentication']> } = {
  httpBasicAuth: 'basic',
  httpDigestAuth: 'basic',
  httpHeaderAuth: 'header',
  httpBearerAuth: 'header',
  httpQueryAuth: 'query',
  httpCustomAuth: 'unknown',
  httpSslAuth: 'mtls',
  jwtAuth: 'jwt',
  aws: 'api-key',
  googleApi: 'service-principal',
};
const logins =
  /^(?:sshPassword|smtp|imap|ftp|sftp|postgres|mySql|microsoftSql|mongoDb|redis|crateDb|questDb|timescaleDb|snowflake|rabbitmq|amqp|mqtt|kafka|ldap)$/;

/** How a connection of this credential type proves itself, told from the type's name. */
export function authenticationOf(type: string): NonNullable<Connection['authentication']> {
  const exact = Object.hasOwn(known, type) ? known[type] : undefined;
  if (exact !== undefined) return exact;
  if (logins.test(type)) return 'password';
  if (/oauth\d?/i.test(type)) return 'oauth';
  return /(?:Api|Key|Token)$/.test(type) ? 'api-key' : 'unknown';
}

/** The same in the words that callers of an endpoint have. */
export function callerAuthentication(type: string): Authentication {
  const found = authenticationOf(type);
  if (found === 'password') return 'basic';
  if (found === 'service-principal' || found === 'oauth-personal') return 'oauth';
  return found === 'app-password' ? 'basic' : found;
}

/** What sort of credential n8n keeps for a type. */
export function credentialTypeOf(type: string): CredentialType {
  if (type === 'googleApi') return 'service-account-key';
  if (/privateKey/i.test(type)) return 'ssh-key';
  if (/webhook/i.test(type) && /secret/i.test(type)) return 'webhook-secret';
  const found = authenticationOf(type);
  if (found === 'oauth') return 'oauth-token';
  if (found === 'password' || found === 'basic') return 'password';
  if (found === 'mtls') return 'certificate';
  return found === 'unknown' ? 'secret' : 'api-key';
}

/**
 * Address of a credential. Today's ids are random over all instances, and a credential export does not say which
 * instance it came from; so only old short ids and bare names need the instance to tell them apart.
 */
export function credentialId(instance: string | undefined, type: string, native: string): string {
  return sharedId('n8n', /^[A-Za-z0-9]{16,}$/.test(native) ? undefined : instance, type, native);
}

/** The type of credential that a request is set to; undefined where the node leaves no choice. */
export function chosenType(parameters: Part): string | undefined {
  const mode = textAt(parameters, 'authentication');
  if (mode === 'genericCredentialType') return textAt(parameters, 'genericAuthType');
  return mode === 'predefinedCredentialType' ? textAt(parameters, 'nodeCredentialType') : undefined;
}

/**
 * The credentials that a node runs on, in the export's order; older exports name them without an id. A request keeps
 * those that were chosen before, and may have a client certificate beside the one that is.
 */
export function credentialRefs(node: Part, instance: string | undefined): CredentialRef[] {
  const chosen = chosenType(at(node, 'parameters'));
  return entriesAt(node, 'credentials').flatMap(([type, value]) => {
    if (chosen !== undefined && type !== chosen && type !== 'httpSslAuth') return [];
    const name = typeof value === 'string' ? textAt(value) : textAt(value, 'name');
    const native = idAt(value, 'id') ?? name;
    return native === undefined ? [] : { id: credentialId(instance, type, native), type, name: name ?? type };
  });
}

/** One connection for each credential that is named: mentioned here, defined in the instance. */
export function connectionRecords(refs: readonly CredentialRef[], path: string): Item<'connection'>[] {
  const first = new Map(refs.toReversed().map((ref) => [ref.id, ref]));
  return [...new Set(refs.map((ref) => ref.id))].flatMap((id) => {
    const ref = first.get(id);
    return ref === undefined ? [] : reference(connection({ ...describe(ref), id, at: { path } }));
  });
}

/** What type and name say about a connection. Whose account it is, only an e-mail address in the name tells. */
export function describe(ref: Pick<CredentialRef, 'type' | 'name'>): Omit<Connection, 'kind' | 'id'> {
  const email = mailboxIn(ref.name);
  return {
    name: ref.name,
    platform: 'n8n',
    connector: ref.type,
    authentication: authenticationOf(ref.type),
    ...(email !== undefined && { subject: 'person' as const, account: { email } }),
  };
}
