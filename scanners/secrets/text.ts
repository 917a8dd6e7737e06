import type { Confidence, CredentialType, Detector, Moment } from '../../src/sdk/index.ts';
import { assignmentKeywords, readAssignments } from './assignments.ts';
import { createPrefilter } from './prefilter.ts';
import { credible, isExampleToken } from './values.ts';

/** A secret at a place in a text. */
export interface Candidate {
  detector: string;
  provider?: string;
  title: string;
  type: CredentialType;
  confidence: Confidence;
  proof?: 'checksum' | 'structure';
  expiresAt?: Moment;
  issuedAt?: number;
  /** The name that the text gives it. */
  field?: string;
  secret: string;
  start: number;
  end: number;
}

export interface TextScanner {
  /** Secrets that begin at `from` or later, in order, none overlapping another. */
  find(text: string, from?: number): readonly Candidate[];
}

/** A field or variable whose name means a secret, with a literal value: what no provider's pattern explains. */
export const namedSecret = {
  id: 'named-secret',
  title: 'Literal value in a field whose name means a secret',
  type: 'secret',
} as const;

const nothing: readonly Candidate[] = [];
/** Characters kept on both sides of a window, so that its edge never looks like the end of a token. */
const margin = 40;

/** Compiles detectors into a scanner: one pass for all keywords, then each pattern only near its own. */
export function createTextScanner(detectors: readonly Detector[]): TextScanner {
  const compiled = detectors.map((detector) => ({ detector, pattern: indexed(detector.pattern) }));
  const keywords = [...new Set([...detectors.flatMap((detector) => detector.keywords), ...assignmentKeywords])];
  const prefilter = createPrefilter(keywords);
  const interested = keywords.map((keyword) =>
    compiled.flatMap(({ detector }, index) => (detector.keywords.includes(keyword) ? [index] : [])),
  );
  const assigns = keywords.map((keyword) => (assignmentKeywords as readonly string[]).includes(keyword));

  return {
    find(original, from = 0) {
      if (!prefilter.any(original)) return nothing;
      const text = withDefaultsApart(original);
      const windows = new Map<number, number[]>();
      const nameEnds: number[] = [];
      prefilter.each(text, (keyword, end) => {
        if (assigns[keyword] && end > from) nameEnds.push(end);
        for (const index of interested[keyword]!) widen(windows, index, end, compiled[index]!.detector.span + margin);
      });
      const candidates: Candidate[] = [];
      for (const [index, bounds] of windows) {
        const { detector, pattern } = compiled[index]!;
        for (let at = 0; at < bounds.length; at += 2) {
          search(text, Math.max(0, bounds[at]!), bounds[at + 1]!, detector, pattern, candidates);
        }
      }
      for (const assignment of readAssignments(text, nameEnds)) {
        const value = credible(assignment.what, assignment.value, assignment.syntax);
        if (!value || isExampleToken(value.secret)) continue;
        const start = assignment.start + value.offset;
        candidates.push({
          detector: namedSecret.id,
          title: namedSecret.title,
          type: assignment.what.type,
          confidence: value.confidence,
          field: assignment.name,
          secret: value.secret,
          start,
          end: start + value.secret.length,
        });
      }
      return candidates.length === 0 ? nothing : mostSpecific(candidates.filter(({ start }) => start >= from));
    },
  };
}

/** `${NAME:-value}`, as shells and Compose write it: the hyphen is part of neither. Everything keeps its place. */
function withDefaultsApart(text: string): string {
  return text.includes(':-') ? text.replaceAll(/(\$\{\w{1,80}:)-/g, '$1 ') : text;
}

/** Windows of one detector that touch become one. */
function widen(windows: Map<number, number[]>, index: number, at: number, reach: number): void {
  const bounds = windows.get(index);
  if (bounds === undefined) windows.set(index, [at - reach, at + reach]);
  else if (at - reach <= bounds.at(-1)!) bounds[bounds.length - 1] = at + reach;
  else bounds.push(at - reach, at + reach);
}

function search(text: string, from: number, to: number, detector: Detector, pattern: RegExp, into: Candidate[]): void {
  const window = from === 0 && to >= text.length ? text : text.slice(from, to);
  pattern.lastIndex = 0;
  for (let match = pattern.exec(window); match; match = pattern.exec(window)) {
    const [start, end] = match.indices?.groups?.['secret'] ?? [match.index, match.index + match[0].length];
    if (match[0] === '') pattern.lastIndex++;
    const cutOff = (from > 0 && match.index === 0) || (to < text.length && pattern.lastIndex === window.length);
    const secret = window.slice(start, end);
    if (cutOff || isExampleToken(secret)) continue;
    const proof = detector.prove?.(secret, match[0]);
    if (proof === false) continue;
    into.push({
      detector: detector.id,
      ...(detector.provider !== undefined && { provider: detector.provider }),
      title: detector.title,
      type: detector.type,
      confidence: detector.confidence,
      ...proof,
      secret,
      start: from + start,
      end: from + end,
    });
  }
}

/** Of candidates that overlap, the one that says most stays: a provider's over a general one, proved over guessed. */
function mostSpecific(candidates: Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  let cluster: Candidate[] = [];
  let reach = 0;
  for (const candidate of candidates.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (candidate.start >= reach) {
      kept.push(...best(cluster));
      cluster = [];
    }
    cluster.push(candidate);
    reach = Math.max(reach, candidate.end);
  }
  kept.push(...best(cluster));
  return kept;
}

/** Of one heap of overlapping candidates. */
function best(cluster: Candidate[]): Candidate[] {
  if (cluster.length < 2) return cluster;
  const kept: Candidate[] = [];
  for (const candidate of cluster.toSorted((a, b) => rank(b) - rank(a) || length(b) - length(a))) {
    if (kept.every((other) => candidate.end <= other.start || candidate.start >= other.end)) kept.push(candidate);
  }
  return kept.toSorted((a, b) => a.start - b.start);
}

function rank(candidate: Candidate): number {
  const named = candidate.detector === namedSecret.id;
  return (candidate.provider !== undefined ? 4 : 0) + (candidate.proof !== undefined ? 2 : 0) + (named ? 0 : 1);
}

function length(candidate: Candidate): number {
  return candidate.end - candidate.start;
}

/** The engine's own copy of a pattern: global, with the positions of its groups. */
function indexed(pattern: RegExp): RegExp {
  const missing = ['d', 'g'].filter((flag) => !pattern.flags.includes(flag));
  return new RegExp(pattern.source, pattern.flags + missing.join(''));
}
