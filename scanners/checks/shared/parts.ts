import type {
  Attribution,
  CheckContext,
  Instant,
  JoinedPerson,
  PersonHint,
  PersonRelation,
} from '../../../src/sdk/index.ts';

/** Somebody with a part in a record; `key` tells people apart, `joined` that it does so across all their accounts. */
export interface Part {
  rel: PersonRelation;
  key: string;
  name: string;
  joined: boolean;
  at: Instant | undefined;
}

/** Everybody who has one of these parts in the subject, as one source or the joined directory knows them. */
export function partsIn(ctx: Pick<CheckContext, 'people'>, rels: readonly PersonRelation[]): Part[] {
  return rels.flatMap((rel) => ctx.people(rel).map(({ hint, person, at }) => part(rel, hint, person, at)));
}

/** The part of somebody whom a field of the record names. */
export function partOf(rel: PersonRelation, hint: PersonHint, ctx: Pick<CheckContext, 'person'>): Part {
  return part(rel, hint, ctx.person(hint), undefined);
}

function part(rel: PersonRelation, hint: PersonHint, person: JoinedPerson | undefined, at: Instant | undefined): Part {
  return {
    rel,
    key: person?.id ?? hintKey(hint),
    name: nameOf(hint, person),
    joined: person !== undefined,
    at,
  };
}

/** What a person is called, or else what the source that hints at them calls them. */
export function nameOf(hint: PersonHint, person: JoinedPerson | undefined): string {
  return person?.name ?? hint.name ?? hint.email ?? hint.login ?? hint.id ?? 'somebody';
}

/** Are they the same person? Undefined where one of the two is known by one account alone, which may belong to the other. */
export function isSame(one: Pick<Part, 'key' | 'joined'>, other: Pick<Part, 'key' | 'joined'>): boolean | undefined {
  if (one.key === other.key) return true;
  return one.joined && other.joined ? false : undefined;
}

function hintKey(hint: PersonHint): string {
  return (hint.id ?? hint.email ?? hint.login ?? hint.name ?? '').toLowerCase();
}

/** One person's part, for the examples of checks. */
export function aPart(rel: PersonRelation, email: string, at?: Instant): Attribution {
  return { rel, who: { email }, basis: 'audit-log', ...(at !== undefined && { at }) };
}
