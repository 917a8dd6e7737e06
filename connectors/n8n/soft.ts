import { SourceError, type FailureKind, type Gap, type StreamContext } from '../../src/sdk/index.ts';

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
 * what the key may not read is not asked for again.
 */
export function asking(ctx: Pick<StreamContext<unknown>, 'blind'>) {
  const told = new Map<string, Gap>();
  return async <T>(what: string, read: () => Promise<T>): Promise<Answered<T>> => {
    const refused = told.get(what);
    if (refused === 'denied' || refused === 'not-licensed') return { gap: refused };
    try {
      return { value: await read() };
    } catch (problem) {
      const gap = problem instanceof SourceError ? gaps[problem.kind] : undefined;
      if (gap === undefined || !(problem instanceof SourceError)) throw problem;
      if (!told.has(what)) ctx.blind(what, problem.kind, problem.message);
      told.set(what, gap);
      return { gap };
    }
  };
}
