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
 * with something outside of the file that it uses. Undefined for what no file holds.
 */
export function traceOf(workflow: Workflow, at: Instant): Trace | undefined {
  const { id, name, format = '', graph, links = [], matches = [] } = workflow;
  const path = workflow.at?.path;
  if (path === undefined || !id.includes(path)) return undefined;
  const own = id.split(path).join('');
  const used = links.filter(({ rel }) => rel !== 'contained-in');
  const outside = used.filter((link) => !link.id.includes(path));
  const does = canonicalJson({ name: isNamedAfter(name, path) ? '' : name, graph, used, matches });
  return {
    path,
    at,
    signs: [
      own === '' ? [] : [computedId(format, own)],
      graph.steps.length === 0 ? [] : [computedId(format, does.split(JSON.stringify(path).slice(1, -1)).join(''))],
      outside.map(({ rel, kind, id: target }) => computedId(format, name, rel, kind, target)),
    ],
  };
}

/** An export without a name of its own is called after its file or folder. */
function isNamedAfter(name: string, path: string): boolean {
  return path.split('/').some((part) => part === name || part.startsWith(`${name}.`));
}

/**
 * From which path to which each file moved, of those that went and those that came since. Where a sign leads from several
 * files, or to several, nobody can say which moved where: copies are left alone.
 */
export function movesBetween(went: readonly Trace[], came: readonly Trace[]): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  const taken = new Set<string>();
  for (const sort of [0, 1, 2]) {
    const there = bySign(
      came.filter(({ path }) => !taken.has(path)),
      sort,
    );
    const found = new Map<string, Set<string>>();
    for (const [sign, old] of bySign(
      went.filter(({ path }) => !moves.has(path)),
      sort,
    )) {
      const young = there.get(sign);
      if (old === undefined || young === undefined || young === 'several' || old === 'several') continue;
      if (young.at > old.at) found.set(old.path, (found.get(old.path) ?? new Set()).add(young.path));
    }
    for (const [path, [target, ...others]] of found) {
      if (target === undefined || others.length > 0 || taken.has(target)) continue;
      moves.set(path, target);
      taken.add(target);
    }
  }
  return moves;
}

function bySign(traces: readonly Trace[], sort: number): Map<string, Trace | 'several'> {
  const found = new Map<string, Trace | 'several'>();
  for (const trace of traces) {
    for (const sign of new Set(trace.signs[sort])) found.set(sign, found.has(sign) ? 'several' : trace);
  }
  return found;
}
