import type { z } from 'zod';
import type { BlindReason } from '../core/coverage.ts';
import type { Json } from '../core/content.ts';
import type { CredentialType, Kind, RecordOf } from '../core/record.ts';
import type { Instant, Moment } from '../core/time.ts';
import type { Http, Operation, Remote } from './http.ts';
import type { Item } from './records.ts';

/** The unit of memory, of transaction and of resume: its items and `next` are written together. */
export interface Page {
  items: readonly Item[];
  /** Where to go on after this page, should the run break off here; absent on the last page. */
  next?: Json;
  /** The source holds more of this stream than this attempt reads: what it did not show may still be there. */
  bounded?: true;
  /** Records that the platform says are gone: with changes only, absence says nothing. */
  removed?: readonly { kind: Kind; id: string }[];
  /** Records of this stream that the platform shows nobody any more, though they may be there: they stay as they are. */
  hidden?: readonly { kind: Kind; id: string }[];
  /** On the last page: what to ask the next time to get only what has changed since. */
  changesFrom?: Json;
  /** How to ask again whether this page has changed; with `unchanged`, it has not, and `items` is empty. */
  version?: PageVersion;
  unchanged?: true;
}

/** What a platform gave us to ask whether a page has changed. */
export interface PageVersion {
  /** The request, in one line; it holds no secret. */
  request: string;
  etag: string;
  /** Where the page led. */
  next?: Json;
}

/** A permission that a stream needs: one list for documentation, probe and skip reasons. */
export interface Scope {
  scope: string;
  why: string;
  /** Any one of these would do too. */
  orElse?: readonly string[];
}

/** What a stream is read with. A platform is reached through `http` alone, and there is no clock but `now`. */
export interface StreamContext<Config> {
  /** The source's settings, with references to secrets replaced by `Secret`. */
  config: Config;
  /** Where an interrupted attempt of this very stream stopped. */
  resume: Json | undefined;
  now: Instant;
  signal: AbortSignal;
  http: Http;
  /** What `changesFrom` said when this stream was last read to its end; undefined when everything has to be read. */
  changesFrom: Json | undefined;
  /** The version of a page that was stored without a gap and is still there in whole; undefined when it has to be read. */
  known(request: string): Promise<PageVersion | undefined>;
  /** Live records of this source by their ids, from the store a page at a time; `after` names the streams that emit them. */
  parents<K extends Kind>(kind: K): AsyncIterable<RecordOf<K>>;
  /**
   * Sets one thing aside that could not be read; it is counted and named in the coverage, the rest goes on.
   * A thing that nobody would expect to be read (a picture) is `expected`: named, but no gap.
   */
  blind(subject: string, reason: BlindReason, detail: string, expected?: 'expected'): void;
  /**
   * Says why the platform may keep to itself what this read does not show: the credential sees a part, and no answer
   * tells so. Nothing goes for such a read; where nothing is missing, it is complete all the same.
   */
  doubt(why: string): void;
}

/** One list of a platform, or one walk over files: read, told as coverage and, where it breaks off, resumed by itself. */
export interface Stream<Config> {
  /** What is read, in words for the coverage and the documentation. */
  title: string;
  /** Kinds of records that its pages may hold. */
  emits: readonly Kind[];
  /** Documentation, request allow-list and contract test in one. Empty for files. */
  operations: readonly Operation[];
  /** What has to be granted; where the platform tells that one of these is not, the stream is skipped and says so. */
  requires: readonly Scope[];
  /** Streams of the same source whose records this one reads. */
  after?: readonly string[];
  /** Streams of the same source that it waits for and reads from as far as they are read: it goes on without those that are skipped. */
  joins?: readonly string[];
  /** Whether what a complete read did not show is gone. */
  absence: 'means-gone' | 'means-nothing';
  /** False where this configuration leaves it nothing to read: then the source has no such stream. */
  applies?(config: Config): boolean;
  /** Reads from `ctx.resume` on. Throws `SourceError` where the rest cannot be read: what was yielded by then stays. */
  pages(ctx: StreamContext<Config>): AsyncIterable<Page>;
}

/** What people read about a connector: in `rollcall connectors`, in the reference and in what `init` writes. */
export interface ConnectorDocs {
  /** One sentence: what it reads. */
  summary: string;
  /** Pages of the vendor that it rests on, https. */
  vendorDocs: readonly string[];
  /** Steps from nothing to a source that can be read, one action each. */
  setup: readonly string[];
  /** What no API or file of this platform can show. */
  blindSpots: readonly string[];
  /** The least that has to be granted, in a form to paste into the platform. */
  policies?: readonly { title: string; language: string; text: string }[];
}

/** Who reads a source, and what with. */
export interface Access {
  /** Account and, where the platform says so, user. */
  account: string;
  /** The platform's lasting id of the account, where there is one: another one is another source. */
  accountId?: string;
  /** Scopes that the credential has, as the platform tells; streams that need others are skipped. */
  granted: readonly string[] | 'unknown';
  /** Scopes that the account's plan has nothing for: what lacks one of them is not licensed, and nobody could grant it. */
  beyondPlan?: { scopes: readonly string[]; detail: string };
  /** The credential could change things too: a scanner's should not. */
  canWrite?: readonly string[];
  expiresAt?: Moment;
  /** What our own credential is, where the way of authenticating does not say it. */
  type?: CredentialType;
  /** Id of the identity that it signs in as, where a stream of its own puts that on the roll. */
  identity?: string;
}

/** What a source is tried with before its streams are read. */
export interface ProbeContext {
  http: Http;
  signal: AbortSignal;
  now: Instant;
}

/** A platform, or a sort of files, that can be read: a declaration, and the mapping of what comes back. */
export interface Connector<C extends z.ZodType = z.ZodType> {
  /** Kebab-case, as its folder; the first part of every source's id, so never changed. */
  id: string;
  /** The platform as its vendor calls it. */
  title: string;
  docs: ConnectorDocs;
  /** The comment above a key is its line in the reference. Paths are absolute by the time a stream sees them. */
  config: C;
  /** How a platform is reached; files have none. */
  remote?: Remote<z.output<C>>;
  /** What no interface of this platform lists, by name: it is told as coverage, with the way to fill it. */
  unlisted?: { readonly [name: string]: string };
  /** Can the source be read at all, and as whom? Throws `SourceError` when not. */
  probe(config: z.output<C>, ctx: ProbeContext): Promise<Access>;
  /** By id, which stands in the coverage and in `without`: kebab-case, never changed. */
  streams: { readonly [id: string]: Stream<z.output<C>> };
}

/** Declares a connector; the types of its streams follow from its configuration. */
export function defineConnector<C extends z.ZodType>(connector: Connector<C>): Connector<C> {
  return connector;
}
