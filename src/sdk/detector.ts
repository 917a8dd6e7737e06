import type { Confidence } from '../core/match.ts';
import type { CredentialType } from '../core/record.ts';
import type { Moment } from '../core/time.ts';

/** Deterministic characters for samples: no live-looking secret is ever written down. */
export interface SampleSource {
  chars(alphabet: string, length: number): string;
  alnum(length: number): string;
  hex(length: number): string;
  base64url(length: number): string;
  pick<T>(values: readonly T[]): T;
}

/** What could be proved offline about a candidate; `false` rejects it. */
export type Proof =
  | false
  | {
      proof?: 'checksum' | 'structure';
      expiresAt?: Moment;
      issuedAt?: number;
      type?: CredentialType;
      title?: string;
      /** Instead of the detector's own: a checksum that fails makes a real secret unlikely, not impossible. */
      confidence?: Confidence;
    };

/** One shape of secret, with what tells it from what only looks like one. */
export interface Detector {
  /** Kebab-case, never reused. */
  id: string;
  title: string;
  provider?: string;
  type: CredentialType;
  confidence: Confidence;
  /** Lower-case; at least one must be near before the pattern runs. */
  keywords: readonly [string, ...string[]];
  /** Global; the named group `secret` is the value (the whole match without one). Spans at most `span` characters. */
  pattern: RegExp;
  span: number;
  /** `match` is all that the pattern matched: an address may say beside the secret until when it is good. */
  prove?(secret: string, match: string): Proof;
  examples: {
    /** Whole lines around a fresh value. */
    finds: readonly ((sample: SampleSource) => { text: string; secret: string })[];
    ignores: readonly string[];
  };
}

/** Declares a detector. */
export function defineDetector(detector: Detector): Detector {
  return detector;
}
