import type { BlindReason, Document, Json } from '../sdk/index.ts';
import type { Encoding } from './encoding.ts';

/** How much of one file is read before it is set aside. */
export interface Limits {
  /** Levels of nesting that everything downstream can walk without harm. */
  depth: number;
  /** YAML takes seconds for each megabyte; a longer one is scanned as text. */
  yamlBytes: number;
  archive: {
    entries: number;
    entryBytes: number;
    totalBytes: number;
    /** Unpacked over packed size, looked at from 1 MiB on. */
    ratio: number;
    /** Archives within archives. */
    nesting: number;
  };
}

const MiB = 1024 * 1024;

/** What a scan allows when nobody says otherwise. */
export const defaultLimits: Limits = {
  depth: 500,
  yamlBytes: MiB / 4,
  archive: { entries: 10_000, entryBytes: 64 * MiB, totalBytes: 128 * MiB, ratio: 200, nesting: 1 },
};

/** Something in a file that could not be read, in the words of the coverage. */
export interface Blind {
  subject: string;
  reason: BlindReason;
  detail: string;
  /** Nobody would expect it to be read. */
  expected?: 'expected';
}

/** A file's content as far as it could be read, and what could not. Without a document nothing was read at all. */
export interface Reading {
  document?: Document;
  encoding?: Encoding;
  blind: readonly Blind[];
}

/** What a parser says of a text: its tree, or why there is none. */
export type Attempt =
  | { tree: Json; comments?: string | undefined }
  | { problem: { reason: BlindReason; detail: string; expected?: 'expected' } | undefined };
