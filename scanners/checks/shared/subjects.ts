import { FOUND, type AnyRecord, type Credential, type Instant } from '../../../src/sdk/index.ts';

/** Its value was read in plain text. The exposure checks speak of it; others would only repeat them. */
export function isLiteral(credential: Credential): boolean {
  return credential.store === 'literal' || credential.store === 'export' || credential.id.startsWith(FOUND);
}

/** It cannot be used any more. */
export function isDead(credential: Credential, now: Instant): boolean {
  const { status, expiresAt } = credential;
  return status === 'expired' || status === 'revoked' || (typeof expiresAt === 'number' && expiresAt <= now);
}

/** A source that defines a credential or an account says at least one of these; a mere mention has a name and an id. */
const telling = [
  'createdAt',
  'updatedAt',
  'expiresAt',
  'lastUsedAt',
  'lastRotatedAt',
  'rotation',
  'attributions',
  'legacy',
  'admin',
  'reach',
  'scopes',
  'impersonates',
  'publisher',
  'runsAs',
];

/**
 * The platform itself answers for it: Microsoft's own apps in a tenant, AWS's own roles in an account, the passwords that
 * its services make and replace. Who else may use or read it is asked as ever.
 */
export function isBuiltIn(record: AnyRecord): boolean {
  return 'builtIn' in record && record.builtIn;
}

/** Nothing is left to ask about it: others speak of what stands in plain text, nobody of the dead and the built-in. */
export function isSettled(record: AnyRecord, now: Instant): boolean {
  return isBuiltIn(record) || (record.kind === 'credential' && (isLiteral(record) || isDead(record, now)));
}

/** Another record mentions this one by name, and nothing that we read defines it. */
export function isMention(record: AnyRecord): boolean {
  if (record.kind !== 'credential') return false;
  return record.status === 'unknown' && !telling.some((field) => field in record);
}

/** Said of a mention when a check would need its definition. */
export const mentionReason = 'It is only mentioned by a workflow; nothing that was read defines it.';
