import type { Moment } from './time.ts';
import type { CredentialType } from './credential-type.ts';

/** The sort of place in which a secret was found; it decides which exposure check speaks. */
export const places = [
  /** The definition of a workflow: steps, parameters, code, notes. */
  'definition',
  /** Pinned data, execution data, static data, logs. */
  'run-data',
  /** Connections, variables, settings, and the name, URL or description of a record. */
  'configuration',
  /** A credential export of the platform, decrypted. */
  'credential-export',
  /** A source or text file. */
  'repository',
  /** The configuration of an AI agent or MCP client. */
  'agent-configuration',
  /** An earlier version of a file, in the history of its repository. */
  'history',
] as const;
export type Place = (typeof places)[number];

export type Confidence = 'high' | 'medium' | 'low';

/** Where in a source something was read; every part is optional but `path` or `pointer` is there. */
export interface Location {
  /** File, relative to the source's root, with `!/member` for what is inside an archive. */
  path?: string;
  /** RFC 6901 pointer into the parsed document. */
  pointer?: string;
  /** 1-based. */
  line?: number;
  /** 1-based, in UTF-16 units. */
  column?: number;
  /** The step's label. */
  step?: string;
  /** The field's, header's or variable's name. */
  field?: string;
}

/** A secret that was found in text: masked and fingerprinted; the value itself is gone. */
export interface Match {
  detector: string;
  provider?: string;
  title: string;
  type: CredentialType;
  /** HMAC-SHA-256 with the installation's key over the secret alone: equal secrets are equal everywhere. */
  fingerprint: string;
  /** Enough to recognise it, too little to use it. */
  masked: string;
  place: Place;
  at: Location;
  confidence: Confidence;
  /** What was proved offline about the value itself. */
  proof?: 'checksum' | 'structure';
  /** Read from the secret itself, for instance a JWT's `exp`. */
  expiresAt?: Moment;
  issuedAt?: number;
}

/**
 * Begins the id of a credential of which nothing is known but that it was found. No word that means a secret: reports
 * hold such ids, and lie in folders that are scanned.
 */
export const FOUND = 'found:';

/** The id of the credential that a secret is, wherever it was found. */
export function foundId(fingerprint: string): string {
  return `${FOUND}${fingerprint}`;
}

/** The name by which a secret is one thing, wherever it was found and whoever issued it. */
export function secretKnownAs(fingerprint: string): string {
  return `secret:${fingerprint}`;
}

/** The name of an address, which often is a secret: whoever answers there is known as it, and callers call it. */
export function addressKnownAs(fingerprint: string): string {
  return `address:${fingerprint}`;
}

/** Joins records, and says nothing to people. */
export function isFingerprint(knownAs: string): boolean {
  return /^(?:secret|address):/.test(knownAs);
}

/** What people call a secret that was found: its field where that says more than the detector, and its mask. */
export function secretName({
  title,
  masked,
  at,
  detector,
}: Pick<Match, 'title' | 'masked' | 'at' | 'detector'>): string {
  const byField = at.field !== undefined && (detector === 'named-secret' || detector === 'marked-secret');
  return `${byField ? at.field : title} ${masked}`;
}
