import type { OwnerAssertion, Ownership } from '../core/owner.ts';
import type { Joined, Store } from '../core/ports.ts';
import { kinds, type Kind, type Person, type Ref, type Relation } from '../core/record.ts';
import type { Instant } from '../core/time.ts';
import { assign, indexAssertions, type Assertions } from './assign.ts';
import { claimsOf, type Holder } from './claims.ts';
import { joinPeople, type People } from './people.ts';

type Ports = Pick<Store, 'records' | 'owners'>;

/** Joins the accounts of all sources into people. Holds the people in memory; they are few beside the records. */
export async function readPeople(store: Ports, now: Instant): Promise<People> {
  const accounts: { source: string; record: Person }[] = [];
  for await (const page of store.records.each('person')) accounts.push(...page);
  return joinPeople(accounts, now);
}

/**
 * Works out who answers for every live record, and stores it where it changed.
 * `mapping` are the configuration's words; the register's own are read from the store.
 */
export async function attribute(
  store: Ports,
  options: {
    people: People;
    mapping: readonly OwnerAssertion[];
    matches: (pattern: string, text: string) => boolean;
    now: Instant;
    onBatch?: (records: number) => void;
  },
): Promise<{ records: number; changed: number }> {
  await store.owners.putPeople(batches(options.people.all(), 500), options.now);
  const assertions = indexAssertions([...(await store.owners.assertions()), ...options.mapping], options.matches);
  let records = 0;
  let changed = 0;
  for (const kind of kinds) {
    if (kind === 'person') continue;
    for await (const page of store.records.joined(kind)) {
      const batch = page.map((joined) => owned(joined, assertions, options.people));
      changed += await store.owners.put(batch, options.now);
      records += page.length;
      options.onBatch?.(page.length);
    }
  }
  return { records, changed };
}

function owned(joined: Joined, assertions: Assertions, people: People): { ref: Ref; ownership: Ownership } {
  const { source, record } = joined;
  const claims = claimsOf(source, record, holdersOf(joined), people);
  return {
    ref: { source, kind: record.kind, id: record.id },
    ownership: assign(source, claims, assertions.for(source, record), people),
  };
}

/** What a record hangs on to, nearest first: where it is contained, then what uses it. */
const holding: readonly { rel: Relation; from: 'in' | 'out'; kind: Kind; why: string }[] = [
  { rel: 'contained-in', from: 'out', kind: 'workflow', why: 'part of workflow' },
  { rel: 'uses', from: 'in', kind: 'workflow', why: 'used by workflow' },
  { rel: 'uses', from: 'in', kind: 'identity', why: 'used by' },
  { rel: 'contained-in', from: 'out', kind: 'container', why: 'part of' },
];

function holdersOf({ record, out, in: inward }: Joined): Holder[] {
  return holding.flatMap(({ rel, from, kind, why }) => {
    // Who built a workflow does not answer for a shared connection: that takes the connection's own evidence.
    if (record.kind === 'connection' && from === 'in') return [];
    return (from === 'in' ? inward : out)
      .filter((link) => link.rel === rel && link.record.kind === kind)
      .map((link) => ({ record: link.record, why }));
  });
}

function* batches<T>(items: Iterable<T>, size: number): Iterable<readonly T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
