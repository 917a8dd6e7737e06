import type { Claim, OwnerAssertion, Ownership, OwnerRole } from '../core/owner.ts';
import type { PersonHint } from '../core/attribution.ts';
import { refKey, type AnyRecord } from '../core/record.ts';
import { isoDate } from '../core/time.ts';
import type { People } from './people.ts';
import { whoIs, type Who } from './who-is.ts';

/** What people have said about owners: exact words for one record, and patterns from the configuration. */
export interface Assertions {
  for(source: string, record: AnyRecord): readonly OwnerAssertion[];
}

/** Indexes assertions, so that a million records can ask. */
export function indexAssertions(
  assertions: readonly OwnerAssertion[],
  matches: (pattern: string, text: string) => boolean,
): Assertions {
  const exact = new Map<string, OwnerAssertion[]>();
  const patterns: { match: string; assertion: OwnerAssertion }[] = [];
  for (const assertion of assertions) {
    if ('match' in assertion.subject) patterns.push({ match: assertion.subject.match, assertion });
    else exact.set(refKey(assertion.subject), [...(exact.get(refKey(assertion.subject)) ?? []), assertion]);
  }
  return {
    for(source, record) {
      const own = exact.get(refKey({ source, kind: record.kind, id: record.id })) ?? [];
      if (patterns.length === 0) return own;
      const address = `${source}/${record.kind}/${record.name}`;
      return [...own, ...patterns.filter(({ match }) => matches(match, address)).map(({ assertion }) => assertion)];
    },
  };
}

/**
 * Chooses for each role the strongest claim whose person is still here, else the strongest. What people asserted
 * comes before all evidence, and a confirmation replaces every other accountable claim.
 */
export function assign(
  source: string,
  claims: readonly Claim[],
  assertions: readonly OwnerAssertion[],
  people: People,
): Ownership {
  const asserted = assertions.map((assertion) => toClaim(source, assertion, people));
  const silenced = new Set<OwnerRole>(asserted.map(({ role }) => role));
  const all = [
    ...asserted.toSorted((a, b) =>
      a.basis === b.basis ? (b.at ?? 0) - (a.at ?? 0) : a.basis === 'confirmed' ? -1 : 1,
    ),
    ...claims.filter(({ role }) => !silenced.has(role)),
  ];
  const accountable = choose(all, 'accountable');
  const technical = choose(all, 'technical');
  const backup = choose(all, 'backup') ?? coOwner(all, accountable);
  const confirmed = latestConfirmation(assertions, people, source, accountable);
  return {
    claims: all,
    ...(accountable && { accountable }),
    ...(technical && { technical }),
    ...(backup && { backup }),
    ...(confirmed?.at !== undefined && { confirmedAt: confirmed.at }),
    ...(confirmed?.scopes !== undefined && { confirmedScopes: confirmed.scopes }),
  };
}

function choose(claims: readonly Claim[], role: OwnerRole): Claim | undefined {
  const mine = claims.filter((claim) => claim.role === role);
  return mine.find(({ state }) => state === 'active') ?? mine.find(({ state }) => state === 'unknown') ?? mine[0];
}

/** A second named owner who is still here stands in for the first. */
function coOwner(claims: readonly Claim[], accountable: Claim | undefined): Claim | undefined {
  return claims.find(
    (claim) =>
      claim.role === 'accountable' &&
      claim.rel === 'owned-by' &&
      claim.person !== accountable?.person &&
      claim.state === 'active',
  );
}

function toClaim(source: string, assertion: OwnerAssertion, people: People): Claim {
  const { role, basis, at } = assertion;
  const person = people.find(source, hintOf(assertion.person))?.person;
  return {
    role,
    ...(person === undefined ? stranger(assertion.person) : whoIs(source, person, people)),
    basis,
    rel: 'owned-by',
    confidence: 'high',
    reason:
      basis === 'confirmed'
        ? `recorded in the register${byWhom(source, assertion, people)}`
        : 'owner mapping in the configuration',
    ...(at !== undefined && { at }),
  };
}

/** Somebody whom no directory knows. */
function stranger(name: string): Who {
  const id = name.toLowerCase();
  return { person: `person:${id}`, name, state: 'unknown', ...(name.includes('@') && { email: id }) };
}

function byWhom(source: string, { by, at }: OwnerAssertion, people: People): string {
  const name = by === undefined ? '' : ` by ${people.find(source, hintOf(by))?.person.name ?? by}`;
  return at === undefined ? name : `${name} on ${isoDate(at)}`;
}

function hintOf(person: string): PersonHint {
  return person.includes('@') ? { email: person } : { login: person };
}

/** Only the person's own word counts as a confirmation: somebody else's is an assignment. */
function latestConfirmation(
  assertions: readonly OwnerAssertion[],
  people: People,
  source: string,
  accountable: Claim | undefined,
): OwnerAssertion | undefined {
  if (!accountable) return undefined;
  const own = assertions.filter(({ basis, by, role, at }) => {
    if (basis !== 'confirmed' || role !== 'accountable' || by === undefined || at === undefined) return false;
    const speaker = people.find(source, hintOf(by))?.person.id;
    return (speaker ?? `person:${by.toLowerCase()}`) === accountable.person;
  });
  return own.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
}
