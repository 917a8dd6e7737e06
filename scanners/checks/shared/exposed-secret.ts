import {
  isoDate,
  notApplicable,
  unknown,
  type CheckContext,
  type Circumstances,
  type Evidence,
  type Match,
  type Place,
  type SecretGroup,
  type Severity,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { inProduction, runs, widelyShared } from './circumstances.ts';
import { nameOf } from './parts.ts';
import { isPrivileged } from './privilege.ts';
import { isDead } from './subjects.ts';

type Member = SecretGroup['members'][number];
/** One match of the secret in one record. */
export interface Sighting {
  member: Member;
  match: Match;
}

const MOST = 20;
const whereabouts: Record<Place, string> = {
  definition: 'in the definition',
  'run-data': 'in run data',
  configuration: 'in a setting',
  'credential-export': 'in a credential export',
  repository: 'in a file',
  'agent-configuration': 'in an agent configuration',
  history: 'in the history of a file',
};
const certainty = { high: 2, medium: 1, low: 0 };

/** Where this secret stands in places of these sorts. */
export function sightings(group: SecretGroup, places: readonly Place[]): Sighting[] {
  return group.members.flatMap((member) =>
    member.matches.filter(({ place }) => places.includes(place)).map((match) => ({ member, match })),
  );
}

/**
 * The verdict on one secret that stands where it can be read: one finding with all its places. How sure the engine is
 * decides the base; who runs with it, and who can read it, move it from there.
 */
export function exposure(
  group: SecretGroup,
  found: readonly Sighting[],
  ctx: Pick<CheckContext, 'now' | 'environmentOf'>,
  told: { where: string; worst?: { is: Severity; because: string } | undefined },
): Verdict | readonly Verdict[] {
  const best = strongest(found);
  if (best === undefined) {
    return group.more === 0 ? notApplicable : unknown(someLeftOut);
  }
  const severity = baseOf(best.match, group, ctx.now) ?? ofTests(best.match, group) ?? told.worst;
  const circumstances = circumstancesOf(group, found, best.match, ctx);
  const aggravated = Object.values(circumstances).includes(true);
  return {
    is: 'fail',
    title: `${best.match.title}, ${told.where}`,
    evidence: evidenceOf(group, best.match, [...inOrder(found), ...inOrder(pastBesides(found, group))]),
    confidence: best.match.confidence,
    ...(severity && { severity }),
    // A proved secret is as bad as the base says even where nothing is known of the workflow around it.
    ...((aggravated || !isProved(best.match)) && !isSettled(severity?.is) && { circumstances }),
  };
}

/** Nothing is worse than the worst, and nothing makes a key work that is dead. */
function isSettled(severity: Severity | undefined): boolean {
  return severity === 'critical' || severity === 'low' || severity === 'info';
}

/** The match that says most about what the secret is; the order of records never decides. */
function strongest(found: readonly Sighting[]): Sighting | undefined {
  const score = ({ match }: Sighting): number =>
    certainty[match.confidence] * 4 + (match.proof === undefined ? 0 : 2) + (match.provider === undefined ? 0 : 1);
  return found.toSorted((a, b) => score(b) - score(a) || (a.match.detector < b.match.detector ? -1 : 1))[0];
}

function isProved(match: Match): boolean {
  return match.confidence !== 'low' && (match.proof !== undefined || match.provider !== undefined);
}

/** Said where nothing was found in the places that were compared, and there are more. */
export const someLeftOut = 'This secret stands in more places than one scan compares; some were left out.';

/** What a secret comes to that the platform which issued it takes no more. */
export const withdrawn = { is: 'low', because: 'the platform that issued it has switched it off' } as const;

/** Does the secret itself say that its time is over? Nobody can make it open anything again. */
export function hasExpired({ expiresAt }: Match, now: number): boolean {
  return typeof expiresAt === 'number' && expiresAt <= now;
}

/** Does every platform that issued it say that it opens nothing any more? */
export function isWithdrawn({ issued = [] }: SecretGroup, now: number): boolean {
  return issued.length > 0 && issued.every(({ record }) => record.status === 'inactive' || isDead(record, now));
}

function baseOf(match: Match, group: SecretGroup, now: number): { is: Severity; because: string } | undefined {
  if (hasExpired(match, now)) return { is: 'info', because: 'the secret says itself that it has expired' };
  if (isWithdrawn(group, now)) return withdrawn;
  if (match.confidence === 'low') return { is: 'medium', because: 'it looks like a secret, but nothing proves it' };
  if (match.type === 'webhook-url') {
    return { is: 'medium', because: 'whoever has this address can post to it, and do nothing else' };
  }
  return undefined;
}

/** Files of tests and what they are fed with, by the habits of many languages. */
const pathOfTests =
  /(?:^|\/)(?:tests?|testing|test[-_]?(?:data|files|fixtures)|specs?|__(?:tests|fixtures|mocks)__|fixtures)\/|[._-](?:test|spec)\.\w+$|_test\.go$|(?:^|\/)test_[^/]+\.py$/i;

/** A key or password that no vendor issues is made up for a test; one that a vendor issued opens something. */
function ofTests(best: Match, { members, more }: SecretGroup): { is: Severity; because: string } | undefined {
  if (best.provider !== undefined || more > 0) return undefined;
  const matches = members.flatMap((member) => member.matches);
  const isOfTest = ({ place, at: { path = '' } }: Match): boolean =>
    (place === 'repository' || place === 'history') && pathOfTests.test(path.split('@', 1)[0] ?? '');
  return matches.every(isOfTest)
    ? { is: 'medium', because: 'it stands in tests alone, which make up such secrets' }
    : undefined;
}

function circumstancesOf(
  { issued = [] }: SecretGroup,
  found: readonly Sighting[],
  best: Match,
  ctx: Pick<CheckContext, 'environmentOf'>,
): Circumstances {
  const some = (answer: (record: Member['record'], source: string) => boolean | undefined): true | undefined =>
    found.some(({ member }) => answer(member.record, member.source) === true) || undefined;
  return {
    // That every workflow around it is off says nothing about the secret: it stays valid until it is revoked.
    live:
      issued.some(({ record }) => record.status === 'active') ||
      some((record) => record.kind === 'workflow' && runs(record.state)),
    production: some((record, source) => inProduction(ctx.environmentOf(record, source))),
    privileged: issued.some(({ record }) => isPrivileged(record) === true) || some(isPrivileged),
    external: some(canBeCalled),
    // Proved to be a credential, it is open to everybody who can read the place it lies in.
    exposed: some(isRead) ?? ((isProved(best) && best.proof !== undefined) || undefined),
  };
}

function canBeCalled(record: Member['record']): boolean {
  return (
    record.kind === 'workflow' &&
    record.graph.triggers.some(
      ({ kind, authentication }) => ['webhook', 'form', 'chat', 'mcp'].includes(kind) && authentication === 'none',
    )
  );
}

function isRead(record: Member['record']): boolean | undefined {
  if (record.kind === 'container') return isPublicRepository(record);
  return 'sharedWith' in record ? widelyShared(record.sharedWith) : undefined;
}

/** A repository that the whole world can clone, or a workflow that is a file of one. */
export function isPublicRepository(record: Member['record']): boolean {
  if (record.kind === 'workflow') return record.tags?.includes('public-repository') === true;
  return record.kind === 'container' && record.policies?.['visibility'] === 'public';
}

/** As bad as it gets: the whole world reads one of these. */
export function worstIfPublic(found: readonly Sighting[]): { worst?: { is: Severity; because: string } } {
  const isPublic = found.some(({ member }) => isPublicRepository(member.record));
  return isPublic ? { worst: { is: 'critical', because: 'the repository is public' } } : {};
}

function evidenceOf({ issued = [] }: SecretGroup, best: Match, places: readonly Sighting[]): Evidence[] {
  const evidence: Evidence[] = [{ fact: 'secret', value: `${best.title} ${best.masked}` }];
  if (best.proof !== undefined) {
    evidence.push({ fact: 'proved by', value: best.proof === 'checksum' ? 'its own checksum' : 'its structure' });
  }
  for (const { source, record } of issued.slice(0, MOST)) {
    evidence.push({ fact: 'listed by its platform as', value: `${record.name}: ${record.status}`, source });
  }
  if (typeof best.expiresAt === 'number') evidence.push({ fact: 'expires', value: isoDate(best.expiresAt) });
  for (const { member, match } of places.slice(0, MOST)) {
    const { kind, name } = member.record;
    const value = match.place === 'history' ? `${name}${committedBy(member.record)}` : `${kind} ${name}`;
    evidence.push({ fact: whereabouts[match.place], value, at: match.at, source: member.source });
  }
  if (places.length > MOST) evidence.push({ fact: 'places that are not listed', value: places.length - MOST });
  return evidence;
}

/** Earlier versions hold it too: said with every finding, and a finding by themselves only where nothing else is left. */
function pastBesides(found: readonly Sighting[], group: SecretGroup): Sighting[] {
  return found.some(({ match }) => match.place === 'history') ? [] : sightings(group, ['history']);
}

function committedBy({ attributions = [] }: Member['record']): string {
  const who = attributions.find(({ rel }) => rel === 'created-by')?.who;
  return who === undefined ? '' : ` by ${nameOf(who, undefined)}`;
}

function inOrder(found: readonly Sighting[]): Sighting[] {
  return found.toSorted((a, b) => (addressOf(a) < addressOf(b) ? -1 : 1));
}

function addressOf({ member, match }: Sighting): string {
  const { path = '', pointer = '', line = 0 } = match.at;
  return [member.source, member.record.kind, member.record.id, path, pointer, String(line).padStart(9, '0')].join(
    '\u0000',
  );
}
