import { SourceError, type Gap } from '../../src/sdk/index.ts';

/** A question about each of many things, which some of them may refuse. */
export interface Refusable<T> {
  /** The answer, or why there is none. */
  of(id: string): Promise<T | Gap>;
  /** Throws when nothing was answered: then it is the permission that is lacking, and not a policy on one thing. */
  throwIfAllRefused(): void;
}

/** A policy on one secret may keep us out, and a secret may go while we read: neither hides the rest. */
export function refusable<T>(ask: (id: string) => Promise<T>): Refusable<T> {
  const refusals: SourceError[] = [];
  let answers = 0;
  return {
    of: async (id) => {
      try {
        const answer = await ask(id);
        answers += 1;
        return answer;
      } catch (problem) {
        if (!(problem instanceof SourceError)) throw problem;
        if (problem.kind !== 'permission' && problem.kind !== 'not-found') throw problem;
        refusals.push(problem);
        return problem.kind === 'permission' ? 'denied' : 'not-seen';
      }
    },
    throwIfAllRefused: () => {
      const [first] = refusals;
      if (answers === 0 && first !== undefined && refusals.length > 1) throw first;
    },
  };
}
