import { isDeepStrictEqual } from 'node:util';
import { forgottenActs } from '../src/core/attribution.ts';
import type { PageResult, StoredPage } from '../src/core/ports.ts';
import type { AnyRecord } from '../src/core/record.ts';
import type { Moment } from '../src/core/time.ts';
import { storable } from './clean.ts';
import { digest } from './hash.ts';
import { addEdges, removeEdges } from './page-edges.ts';
import { addEvents, bodiesOf, insertBodies, move, put, readStates, touch } from './page-rows.ts';
import { addressKey, type Attempt, type HeldRecord, type State } from './page-state.ts';
import type { Db } from './schema.ts';

interface Incoming {
  record: AnyRecord;
  json: string;
  hash: string;
  volatile: string;
  reference: boolean;
}

/** Fields that move by themselves: a change of theirs is stored and makes no event. */
const VOLATILE = new Set(['lastUsedAt', 'lastRunAt']);

/** Writes one page of records; see `RunStore.page` for what it promises. */
export async function writePage(
  db: Db,
  attempt: Attempt,
  records: StoredPage['records'],
): Promise<Omit<PageResult, 'seen'> & { held: readonly HeldRecord[] }> {
  const incoming = records.map(({ record, reference }) => prepare(record, reference === true));
  const states = await readStates(
    db,
    attempt.source,
    incoming.map(({ record }) => record),
  );
  const nextPk = await nextNumber(db);
  const duplicates: string[] = [];
  const fresh: State[] = [];
  for (const item of incoming) {
    const key = addressKey(item.record.kind, item.record.id);
    const state = states.get(key);
    if (state !== undefined) {
      if (merge(state, item, attempt) === 'duplicate') duplicates.push(item.record.id);
      continue;
    }
    const appeared = appear(item, attempt, nextPk + fresh.length);
    states.set(key, appeared);
    fresh.push(appeared);
  }
  const all = [...states.values()];
  const defined = new Set(
    incoming.filter(({ reference }) => !reference).map(({ record }) => addressKey(record.kind, record.id)),
  );
  const held = all.map(({ pk, kind, id }) => ({ pk, defines: defined.has(addressKey(kind, id)) }));
  return { ...(await write(db, attempt, all, fresh)), duplicates, held };
}

function prepare(original: AnyRecord, reference: boolean): Incoming {
  const { lastUsedAt, lastRunAt, ...lasting } = original as AnyRecord & { lastUsedAt?: Moment; lastRunAt?: Moment };
  const { value, json: hashed } = storable(lasting);
  if (lastUsedAt === undefined && lastRunAt === undefined) {
    return { record: value, json: hashed, hash: digest(hashed), volatile: '', reference };
  }
  const moving = { ...(lastUsedAt !== undefined && { lastUsedAt }), ...(lastRunAt !== undefined && { lastRunAt }) };
  const volatile = JSON.stringify(moving);
  const json = `${hashed.slice(0, -1)},${volatile.slice(1)}`;
  return { record: { ...value, ...moving }, json, hash: digest(hashed), volatile, reference };
}

function appear(item: Incoming, attempt: Attempt, pk: number): State {
  return {
    pk,
    kind: item.record.kind,
    id: item.record.id,
    stream: attempt.stream,
    generation: attempt.generation,
    defined: item.reference ? 0 : attempt.generation,
    hash: item.hash,
    volatile: item.volatile,
    firstSeen: attempt.at,
    gone: false,
    write: 'insert',
    returned: false,
    record: item.record,
    json: item.json,
  };
}

/** Lets one more sighting of a known address take effect on its state. */
function merge(state: State, item: Incoming, attempt: Attempt): 'merged' | 'duplicate' {
  const ours = state.stream === attempt.stream;
  const seenNow = ours && state.generation === attempt.generation;
  const differs = state.hash !== item.hash;
  if (item.reference) {
    const foreignDefinition = !ours && state.defined > 0 && !state.gone;
    if (foreignDefinition) return 'merged';
    if (!ours) state.defined = 0;
    // The first mention of an attempt speaks for all; another stream's live mention keeps its words.
    if (state.defined === 0 && !seenNow && (ours || state.gone)) takeBody(state, item);
    see(state, attempt);
    return 'merged';
  }
  if (!state.gone && state.defined > 0) {
    const definedNow = seenNow && state.defined === attempt.generation;
    if (definedNow || !ours) return differs ? 'duplicate' : 'merged';
  }
  takeBody(state, item);
  see(state, attempt);
  if (state.defined !== attempt.generation) {
    state.defined = attempt.generation;
    raise(state, 'touch');
  }
  return 'merged';
}

function see(state: State, attempt: Attempt): void {
  if (state.gone) {
    state.gone = false;
    state.returned = true;
    raise(state, 'move');
  }
  if (state.stream !== attempt.stream) {
    state.stream = attempt.stream;
    raise(state, 'move');
  }
  if (state.generation !== attempt.generation) raise(state, 'touch');
  state.generation = attempt.generation;
}

function takeBody(state: State, item: Incoming): void {
  if (state.hash === item.hash && state.volatile === item.volatile) return;
  Object.assign(state, { hash: item.hash, volatile: item.volatile, record: item.record, json: item.json });
  raise(state, 'body');
}

const strength = ['nothing', 'touch', 'move', 'body', 'insert'] as const;
function raise(state: State, write: State['write']): void {
  if (strength.indexOf(write) > strength.indexOf(state.write)) state.write = write;
}

type Counts = Omit<PageResult, 'duplicates' | 'seen'>;

async function write(db: Db, attempt: Attempt, states: readonly State[], fresh: readonly State[]): Promise<Counts> {
  const rewritten = states.filter((state) => state.write === 'body');
  const before = await bodiesOf(
    db,
    rewritten.map((state) => state.pk),
  );
  for (const state of rewritten) remember(state, before.get(state.pk));
  const events: { pk: number; type: 'changed' | 'returned'; fields: readonly string[] }[] = [];
  const eventful = new Set<number>();
  for (const state of states) {
    if (!state.returned) continue;
    events.push({ pk: state.pk, type: 'returned', fields: [] });
    eventful.add(state.pk);
  }
  for (const state of rewritten) {
    const old = before.get(state.pk);
    const fields = old === undefined || state.record === undefined ? [] : changedFields(old, state.record);
    if (fields.length === 0) continue;
    events.push({ pk: state.pk, type: 'changed', fields });
    eventful.add(state.pk);
  }
  await put(db, attempt, [...fresh, ...rewritten]);
  await insertBodies(db, [...fresh, ...rewritten]);
  await removeEdges(db, attempt.source, rewritten, before);
  await addEdges(db, attempt.source, [...fresh, ...rewritten], before);
  await touch(
    db,
    attempt,
    states.filter((state) => state.write === 'touch'),
  );
  await move(
    db,
    attempt,
    states.filter((state) => state.write === 'move'),
  );
  await addEvents(db, attempt.at, events);
  const changed = eventful.size;
  return { appeared: fresh.length, changed, unchanged: states.length - fresh.length - changed };
}

/** Keeps in the body what logs have told; the hash stays that of what the source says, so that the same again is nothing. */
function remember(state: State, old: AnyRecord | undefined): void {
  const { record } = state;
  if (old === undefined || record === undefined) return;
  // What has come back, or was made at another time, is another thing of the same name.
  if (state.returned || (old.createdAt ?? record.createdAt) !== (record.createdAt ?? old.createdAt)) return;
  const forgotten = forgottenActs(old.attributions ?? [], record.attributions ?? []);
  if (forgotten.length === 0) return;
  state.record = { ...record, attributions: [...(record.attributions ?? []), ...forgotten] };
  state.json = JSON.stringify(state.record);
}

/** Names of the top-level fields that differ, volatile ones aside. */
function changedFields(old: AnyRecord, now: AnyRecord): string[] {
  const a = old as unknown as Record<string, unknown>;
  const b = now as unknown as Record<string, unknown>;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((field) => !VOLATILE.has(field) && !isDeepStrictEqual(a[field], b[field]))
    .toSorted();
}

async function nextNumber(db: Db): Promise<number> {
  const row = await db
    .selectFrom('record')
    .select((eb) => eb.fn.max('pk').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}
