import { SourceError, type FailureKind, type Gap, type Stream, type StreamContext } from '../../src/sdk/index.ts';
import type { N8nConfig } from './config.ts';
import { isOlder, isUnasked } from './refusals.ts';

/** What was read, or why it was not. */
export type Answered<T> = { value: T } | { gap: Gap };

const gaps: Partial<Record<FailureKind, Gap>> = {
  permission: 'denied',
  'not-licensed': 'not-licensed',
  // An n8n from before this interface, or the workflow has gone in the meantime.
  'not-found': 'not-supported',
};

/**
 * Asks for what a record can do without. Why it did not come is told once for the stream, not once for each record;
 * what the key may not read, or this n8n is too old for, is not asked for again. Its age is no gap of a scan, for the
 * records say what they lack.
 */
export function asking(ctx: Pick<StreamContext<unknown>, 'blind'>) {
  const told = new Map<string, Gap>();
  const over = new Set<string>();
  return async <T>(what: string, read: () => Promise<T>): Promise<Answered<T>> => {
    const refused = told.get(what);
    if (refused !== undefined && over.has(what)) return { gap: refused };
    try {
      return { value: await read() };
    } catch (problem) {
      const gap = problem instanceof SourceError ? gaps[problem.kind] : undefined;
      if (gap === undefined || !(problem instanceof SourceError)) throw problem;
      const older = isOlder(problem);
      if (older || problem.kind !== 'not-found') over.add(what);
      if (!told.has(what) && older) ctx.blind(what, 'not-supported', problem.message, 'expected');
      else if (!told.has(what)) ctx.blind(what, problem.kind, problem.message);
      told.set(what, gap);
      return { gap };
    }
  };
}

type Pages = Stream<N8nConfig>['pages'];

/**
 * The pages of what an older n8n does not have: then the stream is left out, and nothing counts as gone. But workflows
 * that it has and that cannot be asked for are a gap.
 */
export function ifOffered(what: string, since: string, pages: Pages): Pages {
  return async function* (ctx) {
    try {
      yield* pages(ctx);
    } catch (problem) {
      if (!(problem instanceof SourceError) || !isOlder(problem)) throw problem;
      const detail = `${problem.message} (${what}: n8n ${since} has it)`;
      if (!isUnasked(problem)) throw new SourceError('not-supported', detail);
      ctx.blind(what, 'not-supported', detail);
    }
  };
}
