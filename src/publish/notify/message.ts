import type { Severity } from '../../core/finding.ts';
import type { Instant } from '../../core/time.ts';
import type { What } from './channel.ts';

/** One message: everything that one recipient has not been told yet, the worst of it by name. */
export interface Digest {
  /** The same as long as it has not arrived and nothing was added: whoever gets it twice can tell. */
  id: string;
  channel: string;
  /** `channel`, or an owner's e-mail address. */
  recipient: string;
  at: Instant;
  /** When this recipient was last written to. */
  last?: Instant;
  /** Empty in a message that only tries the channel out. */
  sections: readonly Section[];
  report?: string;
}

export interface Section {
  what: What;
  total: number;
  /** Worst first. */
  items: readonly Item[];
}

/** One thing that is told, in words that may be shown as they are: no secret, no mask, no address with a path. */
export interface Item {
  /** The same whenever it is told; with `since`, a receiver recognises a repetition. */
  fact: string;
  since?: Instant;
  title: string;
  where: string;
  /** What to do about it. */
  todo: string;
  severity?: Severity;
  /** Id of the finding, or of the risk. */
  finding?: string;
  risk?: string;
  due?: Instant;
  /** Where one cause keeps several streams from being read: all of them. */
  streams?: readonly string[];
}
