import type { Claim } from '../core/owner.ts';
import type { Neighbour, OwnerStore, RecordStore } from '../core/ports.ts';
import type { AnyRecord, Ref } from '../core/record.ts';
import { count } from '../core/text.ts';
import { MOST_MET, type Step, type Walk } from '../core/walk.ts';

/** Steps from the record at most: a secret, its connection, the workflow, what the workflow calls, and one more. */
const FAR = 5;

/** A record that a walk has met, with who answers for it. */
export interface Met extends Neighbour {
  /** How it hangs together with the one it was reached from, as in "used by workflow Invoice approval". */
  linking: string;
  /** It stands in another source than the record that it was reached from. */
  elsewhere: boolean;
  owner: Claim | undefined;
}

/** The part of the store that walks are made on. */
export interface WalkedStore {
  records: Pick<RecordStore, 'neighbours'>;
  owners: Pick<OwnerStore, 'get'>;
}

/** What a walk from a record meets, as a tree: each directly behind the one that it was reached from. */
export async function metBy(
  store: WalkedStore,
  ref: Ref,
  walk: Walk,
  most: number,
): Promise<{ met: readonly Met[]; more: string | undefined }> {
  const all = treeOf(await store.records.neighbours(ref, walk, FAR));
  const met: Met[] = [];
  const sources: (string | undefined)[] = [ref.source === '*' ? undefined : ref.source];
  for (const one of all.slice(0, most)) {
    const { source, record, by, depth } = one;
    const before = sources[depth - 1];
    sources[depth] = source;
    const owner = (await store.owners.get({ source, kind: record.kind, id: record.id }))?.accountable;
    met.push({ ...one, linking: linking(record, by), elsewhere: before !== undefined && before !== source, owner });
  }
  return { met, more: moreOf(all.length, met.length) };
}

/** How many are not among those that were asked for: a walk that was cut short does not know them all. */
function moreOf(all: number, told: number): string | undefined {
  if (all === told && all < MOST_MET) return undefined;
  return `${all < MOST_MET ? '' : 'at least '}${count(all - told, 'more record')}`;
}

function treeOf(met: readonly Neighbour[]): readonly Neighbour[] {
  const behind = Map.groupBy(met, ({ from }) => from);
  const places = new Map(met.map((one, at) => [one, at]));
  const branch = (one: Neighbour): readonly Neighbour[] => [
    one,
    ...(behind.get(places.get(one)) ?? []).flatMap((next) => branch(next)),
  ];
  return (behind.get(undefined) ?? []).flatMap((one) => branch(one));
}

const words: Readonly<Record<Step['rel'], readonly [along: string, against: string]>> = {
  uses: ['uses', 'used by'],
  authenticates: ['signs in', 'signed in by'],
  'contained-in': ['starts', 'holds'],
  'granted-to': ['granted to', 'was granted'],
  'shared-with': ['shared with', 'may use'],
  'same-thing': ['the same as', 'the same as'],
  'points-to': ['is answered by', 'is called by'],
};

function linking(record: AnyRecord, { rel, along }: Step): string {
  const { kind } = record;
  if (rel === 'contained-in' && kind === 'endpoint') return record.direction === 'inbound' ? 'is called at' : 'calls';
  if (rel === 'contained-in' && along && kind === 'container') return 'stands in';
  if (rel === 'points-to' && kind === 'container') return 'lets in';
  if (rel === 'points-to' && kind === 'identity') return 'may sign in as';
  return words[rel][along ? 0 : 1];
}
