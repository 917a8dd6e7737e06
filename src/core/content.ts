import type { Place } from './match.ts';
import type { CredentialType } from './record.ts';
import type { Confidence, Location } from './match.ts';
import type { Secret } from './secret.ts';
import type { Instant, Moment } from './time.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Says for a part of a document, by pointer prefix, which step it belongs to and what sort of place it is. */
export interface Label {
  /** RFC 6901; the longest prefix wins. */
  pointer: string;
  step?: string;
  place?: Place;
  /** The platform itself treats values here as secret (a decrypted credential's data). */
  secret?: boolean;
}

/** Text to look for secrets in. It is scanned inside the collector and dropped; it is never stored. */
export interface Content {
  place: Place;
  /** File relative to the source's root; part of every location found here. */
  path?: string;
  /** The text as it was read: what there is to scan when there is no tree, and where lines are counted. */
  text?: string;
  /** Line of the file at which the text begins, for a piece out of its middle; 1 when it is left out. */
  line?: number;
  /** The parsed document: scanned by name and value. */
  tree?: Json;
  labels?: readonly Label[];
}

/** A secret in the engine's hand, before it is masked. Never leaves the collector. */
export interface Hit {
  detector: string;
  provider?: string;
  title: string;
  type: CredentialType;
  secret: Secret;
  place: Place;
  at: Location;
  confidence: Confidence;
  proof?: 'checksum' | 'structure';
  expiresAt?: Moment;
  issuedAt?: Instant;
}

/** A secret-detection engine: pure, replaceable, no I/O. */
export interface SecretEngine {
  /** Finds secrets; each hit is a distinct place. */
  scan(content: Content): Hit[];
  /** Replaces every secret that it recognises by a mask; for names, messages and log lines. */
  redact(text: string): string;
  /** The detectors it runs, for documentation. */
  readonly detectors: readonly { id: string; title: string; provider?: string; type: CredentialType }[];
}
