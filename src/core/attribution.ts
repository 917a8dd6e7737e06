import type { Instant } from './time.ts';

export const personRelations = [
  'owned-by',
  'created-by',
  'edited-by',
  'reviewed-by',
  'approved-by',
  'published-by',
  'backed-up-by',
  'operated-by',
] as const;
/** What a person has to do with a record; `operated-by` is the technical owner, `backed-up-by` the backup. */
export type PersonRelation = (typeof personRelations)[number];

/** Each part as a sentence goes on after the person's name. */
export const partWords: { readonly [relation in PersonRelation]: string } = {
  'owned-by': 'named as owner',
  'created-by': 'created it',
  'edited-by': 'edited it',
  'reviewed-by': 'reviewed it',
  'approved-by': 'approved it',
  'published-by': 'published it',
  'backed-up-by': 'named as backup owner',
  'operated-by': 'named as technical owner',
};

/** Where the knowledge about a person's part comes from, strongest first. */
export const bases = [
  'confirmed',
  'mapping',
  'platform-owner',
  'tag',
  'audit-log',
  'creator-field',
  'editor-field',
  'codeowners',
  'git-blame',
  'git-history',
  'container-owner',
  'naming',
] as const;
export type Basis = (typeof bases)[number];

/** A person as a source names them: at least one of the four. People are joined later, in `ownership`. */
export interface PersonHint {
  /** The platform's immutable id: the id of a `person` record of the same source. */
  id?: string;
  email?: string;
  name?: string;
  /** Account name, `@handle` or team slug. */
  login?: string;
}

/** One source's word on one person's part in a record. */
export interface Attribution {
  rel: PersonRelation;
  who: PersonHint;
  basis: Basis;
  at?: Instant;
  /** Where it says so: a field name, a file and line, a commit. */
  evidence?: string;
}

/** Acts: unlike an owner's part or an approval, nothing that comes later undoes them. */
const acts: readonly PersonRelation[] = ['created-by', 'edited-by', 'published-by'];

/**
 * What a log told of a thing and has forgotten since. Logs keep some months; who built something is asked for years.
 * Whatever the source says today of the same part replaces it.
 */
export function forgottenActs(before: readonly Attribution[], now: readonly Attribution[]): readonly Attribution[] {
  return before.filter(
    ({ rel, basis }) => basis === 'audit-log' && acts.includes(rel) && !now.some((said) => said.rel === rel),
  );
}
