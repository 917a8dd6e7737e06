import type { AnyRecord, Link } from '../src/core/record.ts';
import type { Instant } from '../src/core/time.ts';
import { forMany, insertMany } from './bulk.ts';
import { type Attempt, type State, addressKey } from './pages.ts';
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

const linkColumns = ['source', 'kind', 'id', 'record', 'rel'] as const;
const addLinks = insertMany('link', linkColumns, { key: linkColumns, update: [] });
const addSecrets = insertMany('secret', ['fingerprint', 'record'], { key: ['fingerprint', 'record'], update: [] });

/** Adds the links and secrets that these records have now and, as far as `before` tells, did not have. */
export async function addEdges(
  db: Db,
  source: number,
  states: readonly State[],
  before: ReadonlyMap<number, AnyRecord>,
): Promise<void> {
  const links: (readonly [number, string, string, number, string])[] = [];
  const secrets: (readonly [string, number])[] = [];
  for (const { pk, record } of states) {
    const old = before.get(pk);
    const known = new Set(old?.links?.map(linkKey));
    for (const link of record?.links ?? []) {
      const key = linkKey(link);
      if (known.has(key)) continue;
      known.add(key);
      links.push([source, link.kind, link.id, pk, link.rel]);
    }
    const fingerprints = fingerprintsOf(old);
    for (const fingerprint of fingerprintsOf(record)) {
      if (!fingerprints.has(fingerprint)) secrets.push([fingerprint, pk]);
    }
  }
  await addLinks(db, links);
  await addSecrets(db, secrets);
}

/** Removes the links and secrets that these records had and have no longer. */
export async function removeEdges(
  db: Db,
  source: number,
  states: readonly State[],
  before: ReadonlyMap<number, AnyRecord>,
): Promise<void> {
  for (const { pk, record } of states) {
    const old = before.get(pk);
    const kept = new Set(record?.links?.map(linkKey));
    for (const link of old?.links ?? []) {
      if (kept.has(linkKey(link))) continue;
      await db
        .deleteFrom('link')
        .where('source', '=', source)
        .where('kind', '=', link.kind)
        .where('id', '=', link.id)
        .where('record', '=', pk)
        .where('rel', '=', link.rel)
        .execute();
    }
    const found = fingerprintsOf(record);
    for (const fingerprint of fingerprintsOf(old)) {
      if (found.has(fingerprint)) continue;
      await db.deleteFrom('secret').where('fingerprint', '=', fingerprint).where('record', '=', pk).execute();
    }
  }
}

function linkKey(link: Link): string {
  return `${link.rel}\u0000${link.kind}\u0000${link.id}`;
}

function fingerprintsOf(record: AnyRecord | undefined): Set<string> {
  return new Set(record?.matches?.map((match) => match.fingerprint));
}

const putEvents = insertMany('record_event', ['at', 'record', 'type', 'fields'], {
  key: ['at', 'record', 'type'],
  update: ['fields'],
});
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
