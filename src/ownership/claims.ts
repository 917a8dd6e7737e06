import type { Claim, OwnerRole } from '../core/owner.ts';
import { bases, partWords, type Attribution, type Basis, type PersonRelation } from '../core/attribution.ts';
import type { Joined } from '../core/ports.ts';
import type { AnyRecord, Sourced } from '../core/record.ts';
import { isoDate } from '../core/time.ts';
import { NO_ACCOUNT, splitName, type JoinedBy, type People } from './people.ts';
import { whoIs } from './who-is.ts';

/** A record whose people have a say in another one: the workflow that a secret lies in, the folder that holds it. */
export interface Holder {
  record: AnyRecord;
  why: string;
}

/** A record, and what other sources say of the same thing. */
export type Claimed = Sourced & Pick<Joined, 'same'>;

const roleOf: Partial<Record<PersonRelation, OwnerRole>> = {
  'owned-by': 'accountable',
  'operated-by': 'technical',
  'backed-up-by': 'backup',
};

/** Parts that make somebody a candidate when nobody is named as owner. */
const inferring: readonly PersonRelation[] = ['created-by', 'edited-by'];

/** The parts that make a claim. */
export const claiming: ReadonlySet<PersonRelation> = new Set([
  ...(Object.keys(roleOf) as PersonRelation[]),
  ...inferring,
]);

const confidenceOf: Record<Basis, Claim['confidence']> = {
  confirmed: 'high',
  mapping: 'high',
  'platform-owner': 'high',
  tag: 'medium',
  'audit-log': 'medium',
  'creator-field': 'medium',
  codeowners: 'medium',
  'editor-field': 'low',
  'git-blame': 'low',
  'git-history': 'low',
  'container-owner': 'low',
  naming: 'low',
};

/**
 * Every candidate for every role, strongest evidence first. A named owner silences inference: who created or edited
 * a record is a candidate only where nobody is named. Where the record names nobody at all, those count whom other
 * sources name for the same thing; and where they name nobody either, its holders' people, one step weaker: of the
 * first group of holders that names anybody, together. Whom a record names for the place alone that it is in, gives way
 * to whom the place itself names.
 */
export function claimsOf(
  { source, record, same = [] }: Claimed,
  holders: readonly (readonly Holder[])[],
  people: People,
): Claim[] {
  const own = fromRecord(source, record, people);
  if (own.length > 0) {
    const named = namesPlaceAlone(record) ? ownersOfPlaces(source, holders, people) : [];
    return named.length > 0 ? [...named, ...own.filter(({ role }) => role !== 'accountable')] : own;
  }
  const elsewhere = same.flatMap((one) =>
    fromRecord(one.source, one.record, people).map((claim) => viaOther(claim, one)),
  );
  if (elsewhere.length > 0) return strongestFirst(elsewhere);
  for (const group of holders) {
    const claims = group.flatMap((holder) =>
      fromRecord(source, holder.record, people).map((claim) => viaHolder(claim, holder)),
    );
    if (claims.length > 0) return strongestFirst(claims).map(weaker);
  }
  return [];
}

/** Does all that the record says of its owner hold for everything in the same place? */
export function namesPlaceAlone({ attributions = [] }: AnyRecord): boolean {
  const owners = attributions.filter(({ rel }) => rel === 'owned-by');
  return owners.length > 0 && owners.every(({ basis }) => basis === 'container-owner');
}

/** Whom the nearest place that names an owner names; not whom it leaves to be guessed. */
function ownersOfPlaces(source: string, holders: readonly (readonly Holder[])[], people: People): Claim[] {
  for (const group of holders) {
    const claims = group.flatMap((holder) =>
      fromRecord(source, holder.record, people)
        .filter(({ rel, basis }) => rel === 'owned-by' && basis !== 'container-owner')
        .map((claim) => viaHolder(claim, holder)),
    );
    if (claims.length > 0) return strongestFirst(claims).map(weaker);
  }
  return [];
}

function fromRecord(source: string, record: AnyRecord, people: People): Claim[] {
  const attributions = record.attributions ?? [];
  const named: Claim[] = [];
  const inferred: Claim[] = [];
  for (const attribution of attributions) {
    const role = roleOf[attribution.rel];
    if (role) named.push(claim(source, attribution, role, people));
    else if (inferring.includes(attribution.rel)) inferred.push(claim(source, attribution, 'accountable', people));
  }
  if (record.kind === 'connection' && record.account) {
    inferred.push(
      claim(
        source,
        { rel: 'owned-by', who: record.account, basis: 'naming', evidence: 'the account that it runs on' },
        'accountable',
        people,
      ),
    );
  }
  const hasOwner = named.some(({ role }) => role === 'accountable');
  const technical = inferred.map((candidate): Claim => ({ ...candidate, role: 'technical' }));
  return strongestFirst(hasOwner ? [...named, ...technical] : [...named, ...inferred, ...technical]);
}

function claim(source: string, attribution: Attribution, role: OwnerRole, people: People): Claim {
  const found = people.find(source, attribution.who);
  const written = splitName(attribution.who);
  const label = written.name ?? written.email ?? attribution.who.login ?? attribution.who.id ?? 'somebody';
  const base = {
    role,
    basis: attribution.basis,
    rel: attribution.rel,
    ...(attribution.at !== undefined && { at: attribution.at }),
  };
  if (!found) {
    return {
      ...base,
      person: written.email === undefined ? `name:${label.toLowerCase()}` : `person:${written.email}`,
      name: label,
      ...(written.email !== undefined && { email: written.email }),
      state: 'unknown',
      confidence: confidenceOf[attribution.basis] === 'low' ? 'low' : 'medium',
      reason: `${because(attribution)}; not found in any directory`,
    };
  }
  const { person, by } = found;
  return {
    ...base,
    ...whoIs(source, person, people),
    confidence: by === 'name' ? 'low' : confidenceOf[attribution.basis],
    reason: `${because(attribution)}${joinedBy(by)}${person.status === NO_ACCOUNT ? '; the account is no longer there' : ''}`,
  };
}

function because({ rel, basis, at, evidence }: Attribution): string {
  const when = at === undefined ? '' : ` on ${isoDate(at)}`;
  const where = evidence === undefined ? basis.replaceAll('-', ' ') : evidence;
  return `${partWords[rel]}${when} (${where})`;
}

function joinedBy(by: JoinedBy): string {
  return by === 'name' ? '; joined by full name alone' : '';
}

function viaOther(claim: Claim, { source, record }: Sourced): Claim {
  return { ...claim, reason: `known as "${record.name}" in ${source}: ${claim.reason}` };
}

function viaHolder(claim: Claim, { record, why }: Holder): Claim {
  return { ...claim, reason: `${why} "${record.name}": ${claim.reason}` };
}

function weaker(claim: Claim): Claim {
  return { ...claim, basis: 'container-owner', confidence: 'low' };
}

/** By basis, then people who are still here, then the organisation's own, then the most recent. Stable beyond that. */
function strongestFirst(claims: readonly Claim[]): Claim[] {
  const here = (claim: Claim): number => (claim.state === 'active' ? 0 : claim.state === 'unknown' ? 1 : 2);
  const ordered = claims.toSorted(
    (a, b) =>
      bases.indexOf(a.basis) - bases.indexOf(b.basis) ||
      here(a) - here(b) ||
      Number(a.external === true) - Number(b.external === true) ||
      (b.at ?? 0) - (a.at ?? 0) ||
      (a.person < b.person ? -1 : a.person > b.person ? 1 : 0),
  );
  const seen = new Set<string>();
  return ordered.filter(({ role, person }) => {
    const key = `${role}\u0000${person}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
