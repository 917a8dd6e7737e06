import type { Audience, Consent, Extent, KeyMaterial, Leak, Usage } from './access.ts';
import type { Common } from './common.ts';
import type { CredentialType } from './credential-type.ts';
import type { Instant, Moment } from './time.ts';

export * from './credential-type.ts';

export type CredentialStatus = 'active' | 'inactive' | 'expired' | 'revoked' | 'unknown';
/** What authenticates, or is kept as a secret. */
export interface Credential extends Common<'credential'> {
  type: CredentialType;
  status: CredentialStatus;
  platform?: string;
  /** A service of the platform made it, keeps it and replaces it: nobody in the organisation answers for that. */
  builtIn?: boolean;
  /**
   * What keeps it: `literal` in plain text where it was found; `export` in a decrypted credential export; `plaintext` in
   * a platform's settings, unencrypted, its value not read.
   */
  store?: 'literal' | 'export' | 'platform' | 'plaintext' | 'vault' | 'ci' | 'file' | 'unknown';
  scopes?: readonly string[];
  /** The scopes that were last approved, where that is on record. */
  approvedScopes?: readonly string[];
  usage?: Usage;
  /** How much of the account it reaches. */
  reach?: Extent;
  /** Who agreed to the grant. */
  consent?: Consent;
  admin?: boolean;
  expiresAt?: Moment;
  lastUsedAt?: Moment;
  lastRotatedAt?: Moment;
  rotation?: 'automatic' | 'manual' | 'off';
  /** When automatic rotation is due next. */
  nextRotationAt?: Moment;
  /** The last attempt to rotate it did not succeed. */
  rotationFailing?: boolean;
  /** When it will be deleted, once that is arranged. */
  deletionAt?: Instant;
  /** Something is arranged to replace it in time. */
  replacementPlanned?: boolean;
  /** A broad kind for which the platform has a scoped successor (classic PAT, account-wide key). */
  legacy?: boolean;
  key?: KeyMaterial;
  /** Who found it leaked; false when somebody looks for leaks and found none. */
  leak?: Leak | false;
  /** The platform gives the value out again to whoever has enough rights to ask. */
  retrievable?: boolean;
  /** From where it may be used: from `anywhere`, or only from named networks, devices or callers. */
  usableFrom?: 'anywhere' | 'restricted';
  /** Hosts that it may be sent to; `any` when nothing keeps it from going anywhere. */
  allowedHosts?: 'any' | readonly string[];
  fingerprint?: string;
  masked?: string;
  sharedWith?: Audience;
}
