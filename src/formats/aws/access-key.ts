import { createHash } from 'node:crypto';
import type { CredentialStatus } from '../../sdk/index.ts';

/** The id of such a key looks like half a secret, and is masked wherever it stands: its hash tells keys apart as well. */
export function hashOfKey(accessKeyId: string): string {
  return createHash('sha256').update(accessKeyId).digest('hex').slice(0, 16);
}

/** The id of an access key's record, the same wherever the key is listed. */
export function accessKeyRecordId(accessKeyId: string): string {
  return `access-key/${hashOfKey(accessKeyId)}`;
}

/** Enough of a key's id to find it by. */
export function maskedKey(accessKeyId: string): string {
  return `${accessKeyId.slice(0, 4)}••••${accessKeyId.slice(-4)}`;
}

/** `Expired` is said of credentials with an end; `Active` and `Inactive` of all. */
export function statusOf(status: string): CredentialStatus {
  const known: Readonly<Record<string, CredentialStatus>> = {
    Active: 'active',
    Inactive: 'inactive',
    Expired: 'expired',
  };
  return known[status] ?? 'unknown';
}
