import { canonicalJson, computedId } from './identity.ts';
import type { Workflow } from './record.ts';
import type { Instant } from './time.ts';

/** What tells a workflow again whose file has another path by now. */
export interface Trace {
  path: string;
  /** When it was seen last, if it went; when first, if it came. */
  at: Instant;
  /** Strongest sort of sign first; within a sort each one counts. */
  signs: readonly (readonly string[])[];
}

/**
 * The trace of a workflow that was read from a file: the id that its platform gave it; everything that it does; its name
 * with something that it uses. Undefined for what no file holds.
 */
export function traceOf(workflow: Workflow, at: Instant): Trace | undefined {
  const { id, name, format = '', graph, links = [], matches = [] } = workflow;
  const path = workflow.at?.path;
  if (path === undefined || !id.includes(path)) return undefined;
  const own = id.split(path).join('');
  const used = links.filter(({ rel }) => rel !== 'contained-in');
  const does = canonicalJson({ name: isNamedAfter(name, path) ? '' : name, graph, used, matches });
  return {
    path,
    at,
    signs: [
      own === '' ? [] : [computedId(format, own)],
      graph.steps.length === 0 ? [] : [computedId(format, does.split(JSON.stringify(path).slice(1, -1)).join(''))],
      used.map(({ rel, kind, id: target }) => computedId(format, name, rel, kind, target)),
    ],
  };
}

/** An export without a name of its own is called after its file or folder. */
function isNamedAfter(name: string, path: string): boolean {
  return path.split('/').some((part) => part === name || part.startsWith(`${name}.`));
}

/**
 * From which path to which each file moved, of those that went and those that came since. Where signs of one sort lead from
 * several files, or to several, nobody can say which moved where: copies are left alone.
 */
export function movesBetween(went: readonly Trace[], came: readonly Trace[]): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  const taken = new Set<string>();
  for (const sort of [0, 1, 2]) {
    const pairs = new Pairs();
    const there = bySign(came, sort, taken);
    for (const [sign, old] of bySign(went, sort, moves)) {
      const young = there.get(sign);
      if (young !== undefined && young.at > old.at) pairs.add(old.path, young.path);
    }
    for (const [old, young] of pairs.unambiguous()) {
      moves.set(old, young);
      taken.add(young);
    }
  }
  return moves;
}

/** What each sign of a sort leads to, but for paths that are settled; without signs that lead to several. */
function bySign(traces: readonly Trace[], sort: number, settled: { has(path: string): boolean }): Map<string, Trace> {
  const found = new Map<string, Trace>();
  const several = new Set<string>();
  for (const trace of traces) {
    if (settled.has(trace.path)) continue;
    for (const sign of new Set(trace.signs[sort])) {
      if (found.has(sign)) several.add(sign);
      found.set(sign, trace);
    }
  }
  for (const sign of several) found.delete(sign);
  return found;
}

/** Old paths and young ones that lead to each other. */
class Pairs {
  readonly #young = new Map<string, Set<string>>();
  readonly #old = new Map<string, Set<string>>();

  add(old: string, young: string): void {
    this.#young.set(old, (this.#young.get(old) ?? new Set()).add(young));
    this.#old.set(young, (this.#old.get(young) ?? new Set()).add(old));
  }

  *unambiguous(): Generator<[old: string, young: string]> {
    for (const [old, [young = '', ...others]] of this.#young)
      if (others.length === 0 && this.#old.get(young)?.size === 1) yield [old, young];
  }
}
