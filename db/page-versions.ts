import type { StoredVersion } from '../src/core/ports.ts';
import type { Json } from '../src/core/content.ts';
import { insertMany } from './bulk.ts';
import { digest } from './hash.ts';
import type { Attempt, HeldRecord } from './page-state.ts';
import type { Db } from './schema.ts';

/** The stored version of a page, if every record that it held is still there, and defined where the page defines it. */
export async function knownVersion(db: Db, stream: number, request: string): Promise<StoredVersion | undefined> {
  const row = await versionRow(db, stream, request);
  if (row === undefined) return undefined;
  const gone = await db
    .selectFrom('page_record')
    .innerJoin('record', 'record.pk', 'page_record.record')
    .select('record.pk')
    .where('page_record.page', '=', row.no)
    .where((eb) =>
      eb.or([eb('record.gone_at', 'is not', null), eb('record.defined', '<', eb.ref('page_record.defines'))]),
    )
    .limit(1)
    .executeTakeFirst();
  if (gone !== undefined) return undefined;
  return { request, etag: row.etag, ...(row.next !== null && { next: JSON.parse(row.next) as Json }) };
}

const putRecords = insertMany('page_record', ['page', 'record', 'defines']);

/** Keeps a page's version, and which records it held, in place of the earlier one. */
export async function putVersion(
  db: Db,
  attempt: Attempt,
  version: StoredVersion,
  held: readonly HeldRecord[],
): Promise<void> {
  const row = await versionRow(db, attempt.stream, version.request);
  const no = row?.no ?? (await nextNumber(db));
  const next = version.next === undefined ? null : JSON.stringify(version.next);
  const kept = { no, stream: attempt.stream, request: digest(version.request), etag: version.etag, next };
  await db
    .insertInto('page_version')
    .values(kept)
    .onConflict((on) => on.column('no').doUpdateSet({ etag: kept.etag, next }))
    .execute();
  await db.deleteFrom('page_record').where('page', '=', no).execute();
  await putRecords(
    db,
    held.map(({ pk, defines }) => [no, pk, defines ? 1 : 0]),
  );
}

/** Forgets a page's version: it has to be read again. */
export async function dropVersion(db: Db, attempt: Attempt, request: string): Promise<void> {
  const row = await versionRow(db, attempt.stream, request);
  if (row === undefined) return;
  await db.deleteFrom('page_record').where('page', '=', row.no).execute();
  await db.deleteFrom('page_version').where('no', '=', row.no).execute();
}

/** Forgets the versions of all pages of a stream. */
export async function dropVersions(db: Db, stream: number): Promise<void> {
  const pages = db.selectFrom('page_version').select('no').where('stream', '=', stream);
  await db.deleteFrom('page_record').where('page', 'in', pages).execute();
  await db.deleteFrom('page_version').where('stream', '=', stream).execute();
}

/** Marks the records of an unchanged page as seen, as far as this stream holds them; how many the page has. */
export async function seeAgain(db: Db, attempt: Attempt, request: string): Promise<number> {
  const row = await versionRow(db, attempt.stream, request);
  const held = db
    .selectFrom('page_record')
    .select('record')
    .where('page', '=', row?.no ?? 0);
  await db
    .updateTable('record')
    .set((eb) => ({
      generation: attempt.generation,
      last_seen: attempt.at,
      // What the page only mentions is defined on another one, which may have changed.
      defined: eb
        .case()
        .when('pk', 'in', held.where('defines', '=', 1))
        .then(attempt.generation)
        .else(eb.ref('defined'))
        .end(),
    }))
    .where('pk', 'in', held)
    .where('stream', '=', attempt.stream)
    .execute();
  const { count } = await held
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

async function versionRow(db: Db, stream: number, request: string) {
  return db
    .selectFrom('page_version')
    .select(['no', 'etag', 'next'])
    .where('stream', '=', stream)
    .where('request', '=', digest(request))
    .executeTakeFirst();
}

async function nextNumber(db: Db): Promise<number> {
  const row = await db
    .selectFrom('page_version')
    .select((eb) => eb.fn.max('no').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}
