import { FOUND, secretKnownAs } from '../src/core/match.ts';
import type { SecretGroup } from '../src/core/ports.ts';
import type { Credential } from '../src/core/record.ts';
import type { Db } from './schema.ts';
import { readOwnership } from './stored-ownership.ts';

/** The live credentials by which platforms list these secrets, by fingerprint. */
export async function issuedAs(
  db: Db,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<SecretGroup['issued']>>> {
  const byName = new Map(fingerprints.map((fingerprint) => [secretKnownAs(fingerprint), fingerprint]));
  const rows = await db
    .selectFrom('known_as')
    .innerJoin('record', 'record.pk', 'known_as.record')
    .innerJoin('body', 'body.record', 'record.pk')
    .innerJoin('source', 'source.no', 'record.source')
    .leftJoin('owned', 'owned.record', 'record.pk')
    .leftJoin('ownership', 'ownership.key', 'owned.ownership')
    .select(['known_as.name', 'source.name as source', 'body.body', 'ownership.body as ownership'])
    .where('known_as.name', 'in', [...byName.keys()])
    .where('record.kind', '=', 'credential')
    .where('record.id', 'not like', `${FOUND}%`)
    .where('record.gone_at', 'is', null)
    .orderBy('source.name')
    .orderBy('record.pk')
    .execute();
  const issued = rows.map((row) => ({
    fingerprint: byName.get(row.name) ?? '',
    source: row.source,
    record: JSON.parse(row.body) as Credential,
    ownership: readOwnership(row.ownership),
  }));
  return Map.groupBy(issued, ({ fingerprint }) => fingerprint);
}
