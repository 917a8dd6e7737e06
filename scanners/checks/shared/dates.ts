import { z } from 'zod';
import {
  credentialTypes,
  type Credential,
  type CredentialType,
  type Identity,
  type Instant,
} from '../../../src/sdk/index.ts';

const days = z.number().int().min(1);
type DaysByType = { readonly [T in CredentialType]: number };

/** A parameter with a number of days for each type of credential; `rest` for the types that are not named. */
export function daysByType(
  named: Partial<DaysByType>,
  rest: number,
): z.ZodPrefault<z.ZodObject<{ [T in CredentialType]: z.ZodDefault<typeof days> }>> {
  const shape = Object.fromEntries(credentialTypes.map((type) => [type, days.default(named[type] ?? rest)]));
  return z.strictObject(shape as { [T in CredentialType]: z.ZodDefault<typeof days> }).prefault({});
}

/** A parameter that is a whole number of days. */
export function wholeDays(standard: number): z.ZodDefault<typeof days> {
  return days.default(standard);
}

/** Types whose value is made once and never changes: a new value is a new object with its own creation date. */
const immutable: ReadonlySet<CredentialType> = new Set([
  'api-key',
  'pat',
  'access-key',
  'client-secret',
  'certificate',
  'private-key',
  'ssh-key',
  'oauth-token',
  'refresh-token',
  'deploy-key',
  'service-account-key',
  'session',
  'jwt',
]);

/**
 * The latest time from which the present value can date. `exact` when it does date from then. Otherwise that is when
 * anything last changed: the value is no younger, and may be older.
 */
export function valueSince(credential: Credential): { at: Instant; exact: boolean } | undefined {
  const { createdAt, updatedAt, lastRotatedAt, rotation, type } = credential;
  if (typeof lastRotatedAt === 'number') return { at: lastRotatedAt, exact: true };
  if (rotation === 'automatic') return undefined;
  if (createdAt !== undefined && (lastRotatedAt === 'never' || immutable.has(type))) {
    return { at: createdAt, exact: true };
  }
  return updatedAt === undefined ? undefined : { at: updatedAt, exact: false };
}

/** The earlier of creation and first sighting; where nobody tells the first, the day on which somebody had a part in it. */
export function knownSince({ createdAt, attributions = [] }: Credential | Identity, firstSeen: Instant): Instant {
  const signs = createdAt === undefined ? attributions.flatMap(({ at }) => at ?? []) : [createdAt];
  return Math.min(firstSeen, ...signs);
}
