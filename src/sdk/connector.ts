import type { z } from 'zod';
import type { BlindReason } from '../core/coverage.ts';
import type { Json } from '../core/content.ts';
import type { Kind } from '../core/record.ts';
import type { Instant } from '../core/time.ts';
import type { Item } from './records.ts';

/** The unit of memory, of transaction and of resume: its items and `next` are written together. */
export interface Page {
  items: readonly Item[];
  /** Where to go on after this page, should the run break off here; absent on the last page. */
  next?: Json;
  /** The source holds more of this stream than this attempt reads: what it did not show may still be there. */
  bounded?: true;
}

/** A permission that a stream needs: one list for documentation, probe and skip reasons. */
export interface Scope {
  scope: string;
  why: string;
  /** Any one of these would do too. */
  orElse?: readonly string[];
}

export interface StreamContext<Config> {
  config: Config;
  /** Where an interrupted attempt of this very stream stopped. */
  resume: Json | undefined;
  now: Instant;
  signal: AbortSignal;
  /** Live records that an earlier stream of this source emitted, re-read from the store a page at a time. */
  parents<K extends Kind>(kind: K): AsyncIterable<{ id: string; name: string }>;
  /**
   * Sets one thing aside that could not be read; it is counted and named in the coverage, the rest goes on.
   * A thing that nobody would expect to be read (a picture) is `expected`: named, but no gap.
   */
  blind(subject: string, reason: BlindReason, detail: string, expected?: 'expected'): void;
}

export interface Stream<Config> {
  title: string;
  emits: readonly Kind[];
  /** `GET /orgs/{org}/installations`: documentation, request allow-list and contract test. Empty for files. */
  endpoints: readonly string[];
  requires: readonly Scope[];
  /** Streams of the same source whose records this one reads. */
  after?: readonly string[];
  /** Whether what a complete read did not show is gone. */
  absence: 'means-gone' | 'means-nothing';
  /** False where this configuration leaves it nothing to read: then the source has no such stream. */
  applies?(config: Config): boolean;
  pages(ctx: StreamContext<Config>): AsyncIterable<Page>;
}

export interface ConnectorDocs {
  summary: string;
  vendorDocs: readonly string[];
  setup: readonly string[];
  /** What no API or file of this platform can show. */
  blindSpots: readonly string[];
}

export interface Connector<C extends z.ZodType = z.ZodType> {
  id: string;
  title: string;
  docs: ConnectorDocs;
  /** Paths in it are absolute by the time a stream sees them. */
  config: C;
  /** Can the source be read at all, and as whom? Throws `SourceError` when not. */
  probe(config: z.output<C>): Promise<{ account: string; granted: readonly string[] | 'unknown' }>;
  streams: { readonly [id: string]: Stream<z.output<C>> };
}

/** Declares a connector; the types of its streams follow from its configuration. */
export function defineConnector<C extends z.ZodType>(connector: Connector<C>): Connector<C> {
  return connector;
}
