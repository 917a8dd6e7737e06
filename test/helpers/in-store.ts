import { findingId } from '../../src/core/identity.ts';
import type { Observation } from '../../src/core/finding.ts';
import type { Claim, JoinedPerson, Ownership } from '../../src/core/owner.ts';
import type { Store, StoredPage, StreamClaim } from '../../src/core/ports.ts';
import type { AnyRecord, Credential, Kind, Link } from '../../src/core/record.ts';

/** The source that the tests of a store read, unless they say another. */
export const SOURCE = 'files:exports';
export const HOUR = 3_600_000;

export const empty: StoredPage = { records: [], next: undefined, quarantined: 0, blind: [] };

export function pageOf(...records: AnyRecord[]): StoredPage {
  return { ...empty, records: records.map((record) => ({ record })) };
}

export function key(id: string, more: Partial<Credential> = {}): Credential {
  return { kind: 'credential', id, name: id, type: 'api-key', status: 'active', ...more };
}

export function flow(id: string, links: readonly Link[]): AnyRecord {
  const graph = { steps: [], edges: [], triggers: [] };
  return { kind: 'workflow', id, name: id, platform: 'n8n', state: 'active', graph, links };
}

export function gap(subject: string) {
  return { subject, reason: 'schema', detail: 'd' } as const;
}

export function ref(id: string) {
  return { source: SOURCE, kind: 'credential', id } as const;
}

export function claim(person: string, state: Claim['state']): Claim {
  return {
    role: 'accountable',
    person,
    name: person,
    state,
    basis: 'tag',
    rel: 'owned-by',
    confidence: 'high',
    reason: 'r',
  };
}

export function owned(person: string, state: Claim['state']): Ownership {
  return { accountable: claim(person, state), claims: [claim(person, state)] };
}

export function joined(name: string, aliases: readonly string[]): JoinedPerson {
  const email = `${name}@acme.example`;
  return { id: `person:${name}`, name, email, state: 'active', status: 'active', teams: [], aliases };
}

export function observation(id: string, more: Partial<Observation> = {}): Observation {
  const { check = 'CRD-01', subject = { source: SOURCE, kind: 'credential', id, name: id } } = more;
  return {
    id: findingId({ check, subject, discriminator: '' }),
    check,
    checkVersion: 1,
    subject,
    discriminator: '',
    title: 't',
    severity: 'high',
    severityReasons: [{ step: 0, because: 'base' }],
    confidence: 'high',
    evidence: [{ fact: 'expires', value: 'never' }],
    signature: 's',
    threat: 'leaked-secret',
    initiative: 'Sales',
    environment: 'production',
    ...more,
  };
}

interface Scan {
  source?: string;
  outcome?: 'complete' | 'partial' | 'failed' | 'skipped';
  blind?: StoredPage['blind'];
}

/** One attempt of one stream, from claim to end. */
export async function scan(store: Store, records: readonly AnyRecord[], at: number, options: Scan = {}) {
  const { source = SOURCE, outcome = 'complete', blind = [] } = options;
  const claim = await store.runs.claim(source, 's', at, HOUR);
  const result = await store.runs.page(claim, { ...pageOf(...records), blind }, at);
  const swept = await store.runs.end(claim, { outcome, absence: 'means-gone' }, at);
  return { ...result, swept };
}

export function end(store: Store, claim: StreamClaim, at: number) {
  return store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, at);
}

export async function flat<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...page);
  return found;
}

export async function all<K extends Kind>(store: Store, kind: K) {
  return (await flat(store.records.each(kind))).map(({ record }) => record);
}

export function get(store: Store, id: string) {
  return store.records.get({ source: SOURCE, kind: 'credential', id });
}

export async function types(store: Store, id: string): Promise<string[]> {
  return (await store.records.history({ source: SOURCE, kind: 'credential', id })).map(({ type }) => type);
}
