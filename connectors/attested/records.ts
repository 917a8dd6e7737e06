import {
  attributed,
  connection,
  credential,
  endpoint,
  identity,
  link,
  type Attribution,
  type Content,
  type Credential,
  type Endpoint,
  type Gap,
  type Identity,
  type Item,
  type Location,
  type Moment,
  type PersonRelation,
  type Usage,
} from '../../src/sdk/index.ts';
import { knownAs } from './known-as.ts';
import { personsIn } from './persons.ts';
import { hostOf, kindOfType, type AttestedRow } from './schema.ts';
import { isNobody, isOpen } from './words.ts';

/** Where a row came from. */
export interface Origin {
  /** `inventory.csv row 3`: the evidence behind every attribution. */
  where: string;
  at: Location;
  contents: readonly Content[];
}

/** The records that one attested row stands for; an integration key is an identity together with its key. */
export function recordsOf(given: AttestedRow, origin: Origin): Item[] {
  const row = located(given);
  const id = row.id ?? [row.platform, row.type, row.name].join(':').toLowerCase();
  const common = {
    id,
    name: row.name,
    platform: row.platform,
    at: origin.at,
    createdAt: row.created,
    environment: row.environment,
    attributions: people(row, origin.where),
    contents: origin.contents,
  };
  switch (kindOfType.get(row.type)) {
    case 'identity':
      return [identityOf(row, common, row.type as Identity['type'], row.expires)];
    case 'credential':
      return [credentialOf(row, common, row.type as Credential['type'])];
    case 'integration-key': {
      const key = { ...common, id: `${id}/key`, contents: undefined };
      return [
        identityOf(row, common, 'integration'),
        credentialOf(row, { ...key, links: [link('authenticates', 'identity', id)] }, 'api-key'),
      ];
    }
    case 'endpoint':
      return [endpointOf(row, common, row.type as Endpoint['type'])];
    default:
      return [connectionOf(row, common)];
  }
}

/** An address where the id is asked for says where it lies; whoever knows all of it may be able to call it. */
function located({ id, ...row }: AttestedRow): AttestedRow {
  if (id === undefined || !/^[a-z][a-z0-9+.-]*:\/\//i.test(id)) return { ...row, id };
  return { ...row, host: row.host ?? hostOf(id) };
}

type Common = Pick<
  Parameters<typeof identity>[0],
  'id' | 'name' | 'platform' | 'at' | 'createdAt' | 'environment' | 'attributions' | 'contents' | 'links'
>;

/** What ends with an integration key is the key; with any other identity, that it was let in. */
function identityOf(row: AttestedRow, common: Common, type: Identity['type'], admittedUntil?: Moment): Item {
  return identity({
    ...common,
    type,
    knownAs: knownAs(row),
    status: isOnOr(row, 'disabled'),
    thirdParty: row.third_party,
    admittedUntil,
    scopes: row.scopes,
    approvedScopes: row.approved_scopes,
    usage: usageOf(row),
    admin: row.admin,
    grants: row.grants,
    authentication: row.authentication,
    impersonates: row.impersonates,
    sharedWith: row.shared_with,
    host: row.host?.host,
    lastUsedAt: row.last_used,
    gaps: gaps({
      createdAt: row.created,
      lastUsedAt: row.last_used,
      scopes: row.scopes,
      grants: row.grants,
      impersonates: row.impersonates,
    }),
  });
}

function credentialOf(row: AttestedRow, common: Common, type: Credential['type']): Item {
  return credential({
    ...common,
    type,
    status: row.status === 'disabled' ? 'inactive' : (row.status ?? 'unknown'),
    store: row.store,
    scopes: row.scopes,
    approvedScopes: row.approved_scopes,
    usage: usageOf(row),
    reach: row.reach,
    admin: row.admin,
    expiresAt: row.expires,
    lastUsedAt: row.last_used,
    lastRotatedAt: row.last_rotated,
    rotation: row.rotation,
    replacementPlanned: row.replacement_planned,
    sharedWith: row.shared_with,
    gaps: gaps({
      createdAt: row.created,
      expiresAt: row.expires,
      lastUsedAt: row.last_used,
      lastRotatedAt: row.last_rotated,
      scopes: row.scopes,
      store: row.store,
    }),
  });
}

function connectionOf(row: AttestedRow, common: Common): Item {
  return connection({
    ...common,
    connector: row.platform,
    authentication: row.authentication ?? (row.type === 'consent' || row.type === 'delegation' ? 'oauth' : undefined),
    status: isOnOr(row, 'expired'),
    scopes: row.scopes,
    approvedScopes: row.approved_scopes,
    usage: usageOf(row),
    // A consent or a delegation lends a person's own rights.
    subject: row.type === 'connection' ? 'unknown' : 'person',
    sharedWith: row.shared_with,
    expiresAt: row.expires,
    lastUsedAt: row.last_used,
    gaps: gaps({ createdAt: row.created, expiresAt: row.expires, lastUsedAt: row.last_used, scopes: row.scopes }),
  });
}

function endpointOf(row: AttestedRow, common: Common, type: Endpoint['type']): Item {
  return endpoint({
    ...common,
    type,
    direction: type === 'event-webhook' ? 'outbound' : 'inbound',
    authentication: row.authentication ?? 'unknown',
    host: row.host?.host,
    scheme: row.host?.scheme,
    addresses: row.host?.addresses,
    signed: row.signed,
    payload: row.payload,
    carriesToken: row.carries_token,
    expiresAt: row.expires,
    lastUsedAt: row.last_used,
    state: isOnOr(row, 'inactive'),
    gaps: gaps({ createdAt: row.created, host: row.host, signed: row.signed, payload: row.payload }),
  });
}

/** In use or open as the row has it, or else what this kind of record calls what is over. */
function isOnOr<O extends string>({ status = 'unknown' }: AttestedRow, over: O): 'active' | 'unknown' | O {
  return status === 'active' || status === 'unknown' ? status : over;
}

/** What the row leaves open has not been seen, which is not the same as never. */
function gaps(fields: { readonly [field: string]: unknown }): { [field: string]: Gap } {
  const open = Object.entries(fields).filter(([, value]) => value === undefined);
  return Object.fromEntries(open.map(([field]) => [field, 'not-seen' as const]));
}

function people(row: AttestedRow, where: string): (Attribution | undefined)[] {
  const part = (
    rel: PersonRelation,
    who: string | undefined,
    column: string,
    at?: number,
  ): (Attribution | undefined)[] =>
    personsIn(who ?? '')
      .filter((one) => !isOpen(one) && !isNobody(one))
      .map((one) => attributed(rel, hint(one), 'tag', { at, evidence: `${where}, ${column}` }));
  return [
    ...part('owned-by', row.owner, 'owner'),
    ...part('operated-by', row.technical_owner, 'technical_owner'),
    ...part('backed-up-by', row.backup_owner, 'backup_owner'),
    ...part('created-by', row.requester, 'requester', row.created),
    ...part('reviewed-by', row.reviewer, 'reviewer', row.reviewed_on),
    ...part('approved-by', row.approver, 'approver', row.approved_on),
  ];
}

/** What was used says something only with the time since which it was watched. */
function usageOf({ used_scopes: scopes, used_since: since }: AttestedRow): Usage | undefined {
  return scopes === undefined || since === undefined ? undefined : { scopes, since };
}

/** `ada@acme.example`, `Ada Lovelace <ada@acme.example>`, `@ada`, or a name. */
function hint(who: string): { email?: string; name?: string; login?: string } {
  const both = /^([^<>]*)<([^<>\s@]+@[^<>\s@]+)>$/.exec(who);
  if (both !== null) return { name: both[1] ?? '', email: both[2] ?? '' };
  if (who.startsWith('@')) return { login: who };
  return /^[^@\s]+@[^@\s]+$/.test(who) ? { email: who } : { name: who };
}
