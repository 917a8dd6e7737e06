import type { OwnerAssertion, Ownership } from '../core/owner.ts';
import type { Joined, Store } from '../core/ports.ts';
import type { AnyRecord, Kind, Relation } from '../core/record.ts';
import type { Instant } from '../core/time.ts';
import type { Account } from './account.ts';
import { assign, indexAssertions } from './assign.ts';
import { claiming, claimsOf, namesPlaceAlone, type Holder } from './claims.ts';
import { joinPeople, type People } from './people.ts';

/** Joins the accounts of all sources into people. Holds the people in memory; they are few beside the records. */
export async function readPeople(store: Pick<Store, 'records'>, now: Instant): Promise<People> {
  const accounts: Account[] = [];
  for await (const page of store.records.each('person')) accounts.push(...page);
  const former: Account[] = [];
  for await (const page of store.records.vanished('person', 0))
    for (const { source, record } of page) if (record.kind === 'person') former.push({ source, record });
  return joinPeople(accounts, now, former);
}

export interface AttributeOptions {
  people: People;
  /** The configuration's words on who owns what; the register's own are read from the store. */
  mapping: readonly OwnerAssertion[];
  matches: (pattern: string, text: string) => boolean;
  now: Instant;
}

/** Stores the people, and gives back what works out who answers for a record. */
export async function attributor(
  store: Pick<Store, 'owners'>,
  { people, mapping, matches, now }: AttributeOptions,
): Promise<(joined: Joined) => Ownership> {
  await store.owners.putPeople(batches(people.all(), 500), now);
  const assertions = indexAssertions([...(await store.owners.assertions()), ...mapping], matches);
  const known = new Map<string, Ownership>();
  return (joined) => {
    const { source, record } = joined;
    const asserted = assertions.for(source, record);
    const work = (): Ownership => assign(source, claimsOf(joined, holdersOf(joined), people), asserted, people);
    // A record that names its own people needs no other evidence; thousands name the same ones in the same words.
    if (asserted.length > 0 || record.attributions === undefined || record.kind === 'connection') return work();
    const key = JSON.stringify([source, record.attributions]);
    const same = known.get(key);
    if (same !== undefined) return same;
    const ownership = work();
    if (!named(record) || namesPlaceAlone(record)) return ownership;
    if (known.size >= KNOWN) known.clear();
    known.set(key, ownership);
    return ownership;
  };
}

const KNOWN = 2_000;

/** Does the record itself say who owns, creates, edits or runs it? Otherwise its holders are asked, and those differ. */
function named({ attributions = [] }: AnyRecord): boolean {
  return attributions.some(({ rel }) => claiming.has(rel));
}

/**
 * What a record hangs on to, nearest first: where it is contained, then what uses it. Everything that uses it does so
 * alike; of places that contain it, the first one counts.
 */
const holding: readonly { rel: Relation; from: 'in' | 'out'; kind: Kind; why: string }[] = [
  { rel: 'contained-in', from: 'out', kind: 'workflow', why: 'part of workflow' },
  { rel: 'uses', from: 'in', kind: 'workflow', why: 'used by workflow' },
  { rel: 'uses', from: 'in', kind: 'identity', why: 'used by' },
  { rel: 'uses', from: 'out', kind: 'identity', why: 'bot of' },
  { rel: 'contained-in', from: 'out', kind: 'container', why: 'part of' },
];

function holdersOf({ record, out, in: inward }: Joined): Holder[][] {
  return holding.flatMap(({ rel, from, kind, why }) => {
    // Who built a workflow does not answer for a shared connection: that takes the connection's own evidence.
    if (record.kind === 'connection' && from === 'in') return [];
    // Whose a thing is does not say whose everything is that uses it; a bot is the hand of its app.
    const isBot = record.kind === 'identity' && record.type === 'bot';
    if (rel === 'uses' && from === 'out' && !isBot) return [];
    const holders = (from === 'in' ? inward : out)
      .filter((link) => link.rel === rel && link.record.kind === kind)
      .map((link) => ({ record: link.record, why }));
    return from === 'in' ? [holders] : holders.map((holder) => [holder]);
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
