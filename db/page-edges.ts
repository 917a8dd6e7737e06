import type { AnyRecord, Link } from '../src/core/record.ts';
import { insertMany } from './bulk.ts';
import type { State } from './page-state.ts';
import type { Db } from './schema.ts';

const linkColumns = ['source', 'kind', 'id', 'record', 'rel'] as const;
const addLinks = insertMany('link', linkColumns, { key: linkColumns, update: [] });
const addNames = insertMany('known_as', ['name', 'record'], { key: ['name', 'record'], update: [] });
const addSecrets = insertMany('secret', ['fingerprint', 'record'], { key: ['fingerprint', 'record'], update: [] });

/** Adds the links, secrets and public names that these records have now and, as far as `before` tells, did not have. */
export async function addEdges(
  db: Db,
  source: number,
  states: readonly State[],
  before: ReadonlyMap<number, AnyRecord>,
): Promise<void> {
  const links: (readonly [number, string, string, number, string])[] = [];
  const secrets: (readonly [string, number])[] = [];
  const names: (readonly [string, number])[] = [];
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
    for (const name of new Set(record?.knownAs)) if (old?.knownAs?.includes(name) !== true) names.push([name, pk]);
  }
  await addLinks(db, links);
  await addSecrets(db, secrets);
  await addNames(db, names);
}

/** Removes the links, secrets and public names that these records had and have no longer. */
export async function removeEdges(
  db: Db,
  source: number,
  states: readonly Pick<State, 'pk' | 'record'>[],
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
    for (const name of old?.knownAs ?? []) {
      if (record?.knownAs?.includes(name) === true) continue;
      await db.deleteFrom('known_as').where('name', '=', name).where('record', '=', pk).execute();
    }
  }
}

function linkKey(link: Link): string {
  return `${link.rel}\u0000${link.kind}\u0000${link.id}`;
}

function fingerprintsOf(record: AnyRecord | undefined): Set<string> {
  return new Set(record?.matches?.map((match) => match.fingerprint));
}
