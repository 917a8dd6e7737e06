import { unknown, type Claim, type Evidence, type Ownership, type Verdict } from '../../../src/sdk/index.ts';
import { fact } from './evidence.ts';

/** Everybody who answers for the record: candidates for accountable owner, strongest evidence first. */
export function accountable(ownership: Ownership): readonly Claim[] {
  return ownership.claims.filter(({ role }) => role === 'accountable');
}

/** Said of a record that OWN-01 already reports. */
export const nobodyNamed: Verdict = unknown('Nobody is known who answers for it.');

/** Why we think that this person answers for it. */
export function ownerFact(label: string, claim: Claim): Evidence {
  return fact(label, `${claim.name}: ${claim.reason}`);
}
