import type { AnyRecord } from '../src/core/record.ts';
import type { Instant } from '../src/core/time.ts';
import { forMany, insertMany } from './bulk.ts';
import { addressKey, type Attempt, type State } from './page-state.ts';
import type { Db } from './schema.ts';

/** What is stored under the addresses of these records, by `addressKey`. */
export async function readStates(db: Db, source: number, records: readonly AnyRecord[]): Promise<Map<string, State>> {
  const ids = new Map<string, Set<string>>();
  for (const { kind, id } of records) {
    const known = ids.get(kind);
    if (known === undefined) ids.set(kind, new Set([id]));
    else known.add(id);
  }
  const states = new Map<string, State>();
  for (const [kind, wanted] of ids) {
    for (const row of await rowsOf(db, [source, kind], [...wanted])) {
      states.set(addressKey(kind, row.id), {
        pk: row.pk,
        kind,
        id: row.id,
        stream: row.stream,
        generation: row.generation,
        defined: row.defined,
        hash: row.hash,
        volatile: row.volatile,
        firstSeen: row.first_seen,
        gone: row.gone_at !== null,
        write: 'nothing',
        returned: false,
      });
    }
  }
  return states;
}

interface RecordRow {
  pk: number;
  id: string;
  stream: number;
  generation: number;
  defined: number;
  hash: string;
  volatile: string;
  first_seen: number;
  gone_at: number | null;
}
const rowsOf = forMany<RecordRow>((db, list) =>
  db
    .selectFrom('record')
    .select(['pk', 'id', 'stream', 'generation', 'defined', 'hash', 'volatile', 'first_seen', 'gone_at'])
    .where('source', '=', 0)
    .where('kind', '=', '')
    .where('id', 'in', list),
);

const selectBodies = forMany<{ record: number; body: string }>((db, list) =>
  db.selectFrom('body').select(['record', 'body']).where('record', 'in', list),
);

/** Bodies by record number. */
export async function bodiesOf(db: Db, pks: readonly number[]): Promise<Map<number, AnyRecord>> {
  const rows = await selectBodies(db, [], pks);
  return new Map(rows.map((row) => [row.record, JSON.parse(row.body) as AnyRecord]));
}

const putRecords = insertMany(
  'record',
  [
    'pk',
    'source',
    'kind',
    'id',
    'stream',
    'generation',
    'defined',
    'hash',
    'volatile',
    'words',
    'first_seen',
    'last_seen',
    'gone_at',
  ],
  {
    key: ['pk'],
    update: ['stream', 'generation', 'defined', 'hash', 'volatile', 'words', 'last_seen', 'gone_at'],
  },
);

/** Inserts or replaces the narrow rows of these records. */
export async function put(db: Db, attempt: Attempt, states: readonly State[]): Promise<void> {
  await putRecords(
    db,
    states.map((state) => [
      state.pk,
      attempt.source,
      state.kind,
      state.id,
      state.stream,
      state.generation,
      state.defined,
      state.hash,
      state.volatile,
      `${state.record?.name ?? ''}\n${state.id}`.toLowerCase(),
      state.firstSeen,
      attempt.at,
      null,
    ]),
  );
}

const putBodies = insertMany('body', ['record', 'body'], { key: ['record'], update: ['body'] });
/** Inserts or replaces the bodies of these records. */
export async function insertBodies(db: Db, states: readonly State[]): Promise<void> {
  await putBodies(
    db,
    states.map((state) => [state.pk, state.json ?? '']),
  );
}

const touchRows = forMany<never>((db, list) =>
  db.updateTable('record').set({ generation: 0, defined: 0, last_seen: 0 }).where('pk', 'in', list),
);

/** Notes that these were seen, without touching what they are; the definitions among them, and the mentions. */
export async function touch(db: Db, attempt: Attempt, states: readonly State[]): Promise<void> {
  for (const [defined, pks] of byDefined(states)) {
    await touchRows(db, [attempt.generation, defined, attempt.at], pks);
  }
}

const moveRows = forMany<never>((db, list) =>
  db
    .updateTable('record')
    .set({ generation: 0, defined: 0, last_seen: 0, stream: 0, gone_at: 0 })
    .where('pk', 'in', list),
);

/** Gives these to the stream that saw them, live. */
export async function move(db: Db, attempt: Attempt, states: readonly State[]): Promise<void> {
  for (const [defined, pks] of byDefined(states)) {
    await moveRows(db, [attempt.generation, defined, attempt.at, attempt.stream, null], pks);
  }
}

function byDefined(states: readonly State[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const state of states) {
    const group = groups.get(state.defined);
    if (group === undefined) groups.set(state.defined, [state.pk]);
    else group.push(state.pk);
  }
  return groups;
}

const putEvents = insertMany('record_event', ['at', 'record', 'type', 'fields'], {
  key: ['at', 'record', 'type'],
  update: ['fields'],
});
/** Notes what happened to records at one instant. */
export async function addEvents(
  db: Db,
  at: Instant,
  events: readonly { pk: number; type: string; fields: readonly string[] }[],
): Promise<void> {
  await putEvents(
    db,
    events.map((event) => [at, event.pk, event.type, JSON.stringify(event.fields)]),
  );
}
