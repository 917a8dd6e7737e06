import { isDeepStrictEqual } from 'node:util';
import { ownerRoles, type Claim, type OwnerRole, type Ownership } from '../src/core/owner.ts';
import type { Instant } from '../src/core/time.ts';
import { insertMany } from './bulk.ts';
import { storable } from './clean.ts';
import { digest } from './hash.ts';
import type { Db } from './schema.ts';

/** A record nobody has spoken about yet. */
export const unowned: Ownership = { claims: [] };

/** The chosen claims are among the claims: they are kept by their place in the list. */
interface Cargo {
  claims: readonly Claim[];
  chosen: { readonly [role in OwnerRole]?: number };
  confirmedAt?: Instant;
  confirmedScopes?: readonly string[];
}

/** The ownership that was stored as cargo. */
export function readOwnership(body: string | null): Ownership {
  if (body === null) return unowned;
  const { claims, chosen, confirmedAt, confirmedScopes } = JSON.parse(body) as Cargo;
  const ownership: { -readonly [key in keyof Ownership]: Ownership[key] } = { claims };
  for (const role of ownerRoles) {
    const claim = claims[chosen[role] ?? -1];
    if (claim !== undefined) ownership[role] = claim;
  }
  if (confirmedAt !== undefined) ownership.confirmedAt = confirmedAt;
  if (confirmedScopes !== undefined) ownership.confirmedScopes = confirmedScopes;
  return ownership;
}

interface Written {
  key: string;
  json: string;
  claims: readonly Claim[];
}

/** Records that share an owner share the object that says so: it is written out once. */
const writtenOut = new WeakMap<Ownership, Written>();

function written(ownership: Ownership): Written {
  const known = writtenOut.get(ownership);
  if (known !== undefined) return known;
  const { value, json } = storable(toCargo(ownership));
  const fresh = { key: digest(json), json, claims: value.claims };
  writtenOut.set(ownership, fresh);
  return fresh;
}

function toCargo({ claims, confirmedAt, confirmedScopes, ...chosen }: Ownership): Cargo {
  const all = [...claims];
  const places: { [role in OwnerRole]?: number } = {};
  for (const role of ownerRoles) {
    const claim = chosen[role];
    if (claim === undefined) continue;
    const place = all.includes(claim) ? all.indexOf(claim) : all.findIndex((other) => isDeepStrictEqual(other, claim));
    places[role] = place >= 0 ? place : all.push(claim) - 1;
  }
  return {
    claims: all,
    chosen: places,
    ...(confirmedAt !== undefined && { confirmedAt }),
    ...(confirmedScopes !== undefined && { confirmedScopes }),
  };
}

/** What is known of one record's owners, beside the key of what is stored of them. */
export interface OwnershipRow {
  pk: number;
  before: string | null;
  ownership: Ownership;
}

const addTexts = insertMany('ownership', ['key', 'body', 'orphan'], { key: ['key'], update: [] });
const addHolders = insertMany('holder', ['person', 'ownership'], { key: ['person', 'ownership'], update: [] });
const putOwned = insertMany('owned', ['record', 'ownership'], { key: ['record'], update: ['ownership'] });

/** Stores what differs, and who holds a part in it; returns how many records changed. */
export async function writeOwnership(db: Db, rows: readonly OwnershipRow[]): Promise<number> {
  const changed = rows
    .map(({ pk, before, ownership }) => ({ pk, before, text: written(ownership) }))
    .filter(({ before, text }) => before !== text.key);
  const texts = [...new Map(changed.map(({ text }) => [text.key, text])).values()];
  await addTexts(
    db,
    texts.map(({ key, json, claims }) => [key, json, isOrphan(claims) ? 1 : 0]),
  );
  await addHolders(
    db,
    texts.flatMap(({ key, claims }) => peopleIn(claims).map((person) => [person, key] as const)),
  );
  await putOwned(
    db,
    changed.map(({ pk, text }) => [pk, text.key]),
  );
  return changed.length;
}

/** Somebody was accountable, and everybody who was has left. */
function isOrphan(claims: readonly Claim[]): boolean {
  const all = claims.filter((claim) => claim.role === 'accountable');
  return all.length > 0 && all.every((claim) => claim.state === 'left');
}

function peopleIn(claims: readonly Claim[]): string[] {
  return [...new Set(claims.map(({ person }) => person))];
}
