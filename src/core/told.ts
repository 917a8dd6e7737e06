import type { Instant } from './time.ts';

/** What a fact is about, and so how long it has to be remembered. */
export type About =
  | { finding: string }
  | { risk: string }
  | { stream: string }
  | { recipient: string }
  /** Everything else stays for ever. */
  | undefined;

const findingFacts = ['new', 'worse', 'overdue'] as const;

/** That this was told of a finding. */
export function findingFact(what: (typeof findingFacts)[number], id: string): string {
  return `${what}/${id}`;
}

/** All that may have been told of a finding. */
export function factsOf(finding: string): string[] {
  return findingFacts.map((what) => findingFact(what, finding));
}

/** That it was told that a risk's review is late. */
export function reviewFact(risk: string): string {
  return `review/${risk}`;
}

/** That it was told that this stream could not be read. */
export function streamFact({ source, stream }: { source: string; stream: string }): string {
  return `blind/${source}/${stream}`;
}

/** That somebody was written to. */
export function messageFact(recipient: string): string {
  return `message/${recipient}`;
}

/** Reads a fact back. */
export function aboutOf(fact: string): About {
  const slash = fact.indexOf('/');
  const [what, rest] = [fact.slice(0, slash), fact.slice(slash + 1)];
  if (findingFacts.some((each) => each === what)) return { finding: rest };
  if (what === 'review') return { risk: rest };
  if (what === 'blind') return { stream: fact };
  return what === 'message' ? { recipient: rest } : undefined;
}

/** What people have been told, on which channel and when: so that nothing is told twice. */
export interface ToldStore {
  /** When each of these facts was last told on this channel; what was never told is left out. */
  when(channel: string, facts: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  /** Remembers that these facts have been told. */
  mark(channel: string, facts: readonly string[], at: Instant): Promise<void>;
  /** Forgets what is no longer so: should it come back, it is news. */
  forget(channel: string, facts: readonly string[]): Promise<void>;
}
