import {
  unknown,
  type AnyRecord,
  type CheckContext,
  type Claim,
  type Evidence,
  type JoinedPerson,
  type Location,
  type Ownership,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { fact } from './evidence.ts';

/** Everybody who answers for the record: candidates for accountable owner, strongest evidence first. */
export function accountable(ownership: Ownership): readonly Claim[] {
  return ownership.claims.filter(({ role }) => role === 'accountable');
}

/**
 * Is the question asked once somewhere else? A workflow, the registration of an app, and the app of a bot speak for
 * what has no owner but theirs; an identity on the roll speaks for its own credentials.
 */
export function askedElsewhere(record: AnyRecord, ctx: Pick<CheckContext, 'in' | 'out' | 'ownership'>): boolean {
  if (belongsToIdentity(record, ctx)) return true;
  if (actsForAnother(record, ctx)) return namesNobody(record, ctx.ownership);
  if (record.kind === 'workflow' || !accountable(ctx.ownership).every(({ basis }) => basis === 'container-owner')) {
    return false;
  }
  return ctx.in('uses', 'workflow').length > 0 || ctx.out('contained-in', 'workflow').length > 0;
}

/** The bot of an app, and what the registration of an app acts as. */
function actsForAnother(record: AnyRecord, ctx: Pick<CheckContext, 'in' | 'out'>): boolean {
  if (record.kind !== 'identity') return false;
  if (record.type === 'bot' && ctx.out('uses', 'identity').length > 0) return true;
  return ctx.in('uses', 'identity').some(({ type }) => type === 'app-registration');
}

/** Who answers for it is known from another record alone. */
function namesNobody(record: AnyRecord, ownership: Ownership): boolean {
  if (accountable(ownership).some(({ basis }) => basis === 'mapping' || basis === 'confirmed')) return false;
  return !namesSomebody(record);
}

function namesSomebody({ attributions = [] }: AnyRecord): boolean {
  return attributions.some(({ rel }) => rel === 'owned-by' || rel === 'created-by' || rel === 'edited-by');
}

/** What a connection on the roll signs in with: whoever asks about connections asks there, if it names anybody. */
export function isKeptForConnection(record: AnyRecord, ctx: Pick<CheckContext, 'out'>): boolean {
  return record.kind === 'credential' && ctx.out('authenticates', 'connection').some(namesSomebody);
}

/** A credential of an identity that is on the roll itself: who owns that, and what it may do, is asked there. */
export function belongsToIdentity(record: AnyRecord, ctx: Pick<CheckContext, 'out'>): boolean {
  return record.kind === 'credential' && ctx.out('authenticates', 'identity').length > 0;
}

/** Said of a record that OWN-01 already reports. */
export const nobodyNamed: Verdict = unknown('Nobody is known who answers for it.');

/** Why we think that this person answers for it. */
export function ownerFact(label: string, claim: Claim, at?: Location): Evidence {
  return fact(label, `${claim.name}: ${claim.reason}`, at);
}

/** Somebody who can be asked: a person, or a group that somebody belongs to as far as is known. */
export function canAnswer(claim: Claim, ctx: Pick<CheckContext, 'person'>): boolean {
  if (claim.impersonal === undefined) return true;
  return claim.impersonal === 'group' && personBehind(claim, ctx)?.members?.length !== 0;
}

/** Whom a claim is about, as all sources together know them; undefined where none does. */
export function personBehind({ person }: Claim, ctx: Pick<CheckContext, 'person'>): JoinedPerson | undefined {
  return ctx.person({ id: person });
}
