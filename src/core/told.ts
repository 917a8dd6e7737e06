import type { Instant } from './time.ts';

/** What people have been told, on which channel and when: so that nothing is told twice. */
export interface ToldStore {
  /** When each of these facts was last told on this channel; what was never told is left out. */
  when(channel: string, facts: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  /** Remembers that these facts have been told. */
  mark(channel: string, facts: readonly string[], at: Instant): Promise<void>;
  /** Forgets what is no longer so: should it come back, it is news. */
  forget(channel: string, facts: readonly string[]): Promise<void>;
}
