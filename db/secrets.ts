import { sql } from 'kysely';
import type { SecretGroup } from '../src/core/ports.ts';
import type { AnyRecord } from '../src/core/record.ts';
import { issuedAs } from './issued.ts';
import { containersOf } from './containers.ts';
import type { Db } from './schema.ts';
import { readOwnership } from './stored-ownership.ts';

const GROUPS = 100;
/** Members shown of one group, and read at once of several. */
const MOST_MEMBERS = 200;
const AT_ONCE = 500;

/** Walks the secrets found in live records, each with the records that contain it. */
export async function* secretPages(db: Db): AsyncGenerator<readonly SecretGroup[]> {
  for (let after = ''; ;) {
    const groups = await groupsAfter(db, after);
    for (const part of parts(groups)) yield await withMembers(db, part);
    const last = groups.at(-1);
    if (last === undefined || groups.length < GROUPS) return;
    after = last.fingerprint;
  }
}

interface Size {
  fingerprint: string;
  count: number;
}

async function groupsAfter(db: Db, after: string): Promise<Size[]> {
  const rows = await db
    .selectFrom('secret')
    .innerJoin('record', 'record.pk', 'secret.record')
    .select((eb) => ['secret.fingerprint', eb.fn.countAll<number>().as('count')])
    .where('record.gone_at', 'is', null)
    .where('secret.fingerprint', '>', after)
    .groupBy('secret.fingerprint')
    .orderBy('secret.fingerprint')
    .limit(GROUPS)
    .execute();
  return rows.map((row) => ({ fingerprint: row.fingerprint, count: row.count }));
}

function* parts(groups: readonly Size[]): Generator<Size[]> {
  let part: Size[] = [];
  let members = 0;
  for (const group of groups) {
    const count = Math.min(group.count, MOST_MEMBERS);
    if (part.length > 0 && members + count > AT_ONCE) {
      yield part;
      part = [];
      members = 0;
    }
    part.push(group);
    members += count;
  }
  if (part.length > 0) yield part;
}

async function withMembers(db: Db, groups: readonly Size[]): Promise<SecretGroup[]> {
  const fingerprints = groups.map((group) => group.fingerprint);
  const rows = await membersOf(db, fingerprints);
  const found = rows.map((row) => ({ ...row, record: JSON.parse(row.body) as AnyRecord }));
  const containers = await containersOf(db, found);
  const members = Map.groupBy(found, ({ fingerprint }) => fingerprint);
  const issued = await issuedAs(db, fingerprints);
  return groups.map(({ fingerprint, count }) => ({
    fingerprint,
    members: (members.get(fingerprint) ?? []).map((row) => ({
      source: row.source,
      record: row.record,
      containers: containers(row),
      ownership: readOwnership(row.ownership),
      matches: (row.record.matches ?? []).filter((match) => match.fingerprint === fingerprint),
    })),
    more: Math.max(0, count - MOST_MEMBERS),
    ...(issued.has(fingerprint) && { issued: issued.get(fingerprint) ?? [] }),
  }));
}

function membersOf(db: Db, fingerprints: readonly string[]) {
  const ranked = db
    .selectFrom('secret')
    .innerJoin('record', 'record.pk', 'secret.record')
    .select([
      'secret.fingerprint',
      'record.pk',
      'record.source',
      sql<number>`row_number() over (partition by secret.fingerprint order by record.pk)`.as('place'),
    ])
    .where('record.gone_at', 'is', null)
    .where('secret.fingerprint', 'in', fingerprints);
  return db
    .selectFrom(ranked.as('member'))
    .innerJoin('body', 'body.record', 'member.pk')
    .innerJoin('source', 'source.no', 'member.source')
    .leftJoin('owned', 'owned.record', 'member.pk')
    .leftJoin('ownership', 'ownership.key', 'owned.ownership')
    .select(['member.fingerprint', 'source.no', 'source.name as source', 'body.body', 'ownership.body as ownership'])
    .where('member.place', '<=', MOST_MEMBERS)
    .orderBy('member.fingerprint')
    .orderBy('member.pk')
    .execute();
}
