import { isDeepStrictEqual } from 'node:util';
import { ownerRoles, type Claim, type OwnerRole, type Ownership } from '../src/core/owner.ts';
import type { Instant } from '../src/core/time.ts';
import { insertMany } from './bulk.ts';
import { storable } from './clean.ts';
import type { Db } from './schema.ts';

/** A record nobody has spoken about yet. */
export const unowned: Ownership = { claims: [] };

/** The chosen claims are among the claims: they are kept by their place in the list. */
interface Cargo {
  claims: readonly Claim[];
  chosen: { readonly [role in OwnerRole]?: number };
  confirmedAt?: Instant;
}

/** The ownership that was stored as cargo. */
export function readOwnership(body: string | null): Ownership {
  if (body === null) return unowned;
  const { claims, chosen, confirmedAt } = JSON.parse(body) as Cargo;
  const ownership: { -readonly [key in keyof Ownership]: Ownership[key] } = { claims };
  for (const role of ownerRoles) {
    const claim = claims[chosen[role] ?? -1];
    if (claim !== undefined) ownership[role] = claim;
  }
  if (confirmedAt !== undefined) ownership.confirmedAt = confirmedAt;
  return ownership;
}

/** Records that share an owner share the object that says so: it is written out once. */
const writtenOut = new WeakMap<Ownership, { cargo: Cargo; json: string }>();

function written(ownership: Ownership): { cargo: Cargo; json: string } {
  const known = writtenOut.get(ownership);
  if (known !== undefined) return known;
  const { value: cargo, json } = storable(toCargo(ownership));
  const fresh = { cargo, json };
  writtenOut.set(ownership, fresh);
  return fresh;
}

function toCargo({ claims, confirmedAt, ...chosen }: Ownership): Cargo {
  const all = [...claims];
  const places: { [role in OwnerRole]?: number } = {};
  for (const role of ownerRoles) {
    const claim = chosen[role];
    if (claim === undefined) continue;
    const place = all.includes(claim) ? all.indexOf(claim) : all.findIndex((other) => isDeepStrictEqual(other, claim));
    places[role] = place >= 0 ? place : all.push(claim) - 1;
  }
  return { claims: all, chosen: places, ...(confirmedAt !== undefined && { confirmedAt }) };
}

/** What is known of one record's owners, beside what is stored of them. */
export interface OwnershipRow {
  pk: number;
  before: string | null;
  ownership: Ownership;
}

const putOwnership = insertMany('ownership', ['record', 'body', 'orphan', 'updated_at'], {
  key: ['record'],
  update: ['body', 'orphan', 'updated_at'],
});
const addHolders = insertMany('holder', ['person', 'record'], { key: ['person', 'record'], update: [] });

/** Stores what differs, and who holds a part in which record; returns how many records changed. */
export async function writeOwnership(db: Db, rows: readonly OwnershipRow[], at: Instant): Promise<number> {
  const changed: (readonly [number, string, number, Instant])[] = [];
  const holders: (readonly [string, number])[] = [];
  for (const { pk, before, ownership: given } of rows) {
    const { cargo, json } = written(given);
    if (before === json) continue;
    const ownership = { claims: cargo.claims };
    changed.push([pk, json, isOrphan(ownership) ? 1 : 0, at]);
    const old = before === null ? [] : holdersOf(readOwnership(before));
    const now = holdersOf(ownership);
    for (const person of now) if (!old.includes(person)) holders.push([person, pk]);
    for (const person of old) {
      if (now.includes(person)) continue;
      await db.deleteFrom('holder').where('person', '=', person).where('record', '=', pk).execute();
    }
  }
  await putOwnership(db, changed);
  await addHolders(db, holders);
  return changed.length;
}

/** Somebody was accountable, and everybody who was has left. */
function isOrphan({ claims }: Ownership): boolean {
  const all = claims.filter((claim) => claim.role === 'accountable');
  return all.length > 0 && all.every((claim) => claim.state === 'left');
}

function holdersOf({ claims }: Ownership): string[] {
  return [...new Set(claims.map(({ person }) => person))];
}
