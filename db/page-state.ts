import type { AnyRecord } from '../src/core/record.ts';
import type { Instant } from '../src/core/time.ts';

/** The attempt that writes: numbers of its source and stream, and its generation. */
export interface Attempt {
  source: number;
  stream: number;
  generation: number;
  at: Instant;
}

/** A record on a page, which it defines or only mentions. */
export interface HeldRecord {
  pk: number;
  defines: boolean;
}

/** What is known of one address while its page is written. */
export interface State {
  pk: number;
  kind: string;
  id: string;
  stream: number;
  generation: number;
  defined: number;
  hash: string;
  volatile: string;
  firstSeen: Instant;
  gone: boolean;
  /** What has to be written; the strongest wins. */
  write: 'nothing' | 'touch' | 'move' | 'body' | 'insert';
  returned: boolean;
  record?: AnyRecord;
  json?: string;
}

/** An address within one source, for maps. */
export function addressKey(kind: string, id: string): string {
  return `${kind}\u0000${id}`;
}
