import { createHash } from 'node:crypto';
import type { AuditEntry } from './decision.ts';
import { canonicalJson } from './identity.ts';

/** What the first entry of a log is chained to. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 over the previous entry's hash and everything in this one. */
export function chainHash(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}

/** The first place where a log does not hold together, or undefined when it does. */
export async function firstBreak(
  entries: AsyncIterable<readonly AuditEntry[]>,
): Promise<{ seq: number; because: string } | undefined> {
  let previous = GENESIS;
  let seq = 0;
  for await (const page of entries) {
    for (const { hash, ...entry } of page) {
      if (entry.seq !== seq + 1) return { seq: entry.seq, because: `entry ${seq + 1} is missing` };
      if (entry.previous !== previous)
        return { seq: entry.seq, because: 'it does not follow from the entry before it' };
      if (chainHash(entry) !== hash) return { seq: entry.seq, because: 'its content was changed after it was written' };
      previous = hash;
      seq = entry.seq;
    }
  }
  return undefined;
}
