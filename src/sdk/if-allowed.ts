import { SourceError } from '../core/errors.ts';
import type { StreamContext } from './connector.ts';

type Blind = Pick<StreamContext<unknown>, 'blind'>;

/** What `read` yields. When it is refused or not there, that is a blind spot, the answer undefined, and the rest goes on. */
export async function ifAllowed<T>(ctx: Blind, subject: string, read: () => Promise<T>): Promise<T | undefined> {
  return unlessRefused(read, ({ kind, message }) => ctx.blind(subject, kind, message));
}

/** What `read` yields; undefined when it is refused or not there, which `told` may want to know. */
export async function unlessRefused<T>(
  read: () => Promise<T>,
  told: (refusal: SourceError & { kind: Refusal }) => void = () => {},
): Promise<T | undefined> {
  try {
    return await read();
  } catch (problem) {
    if (!(problem instanceof SourceError) || !isRefusal(problem)) throw problem;
    told(problem);
    return undefined;
  }
}

type Refusal = 'permission' | 'not-found' | 'not-licensed';

function isRefusal(problem: SourceError): problem is SourceError & { kind: Refusal } {
  return problem.kind === 'permission' || problem.kind === 'not-found' || problem.kind === 'not-licensed';
}

/** After so many refusals, and nothing that could be read, nobody is asked any more. */
const REFUSALS = 5;

/** As `ifAllowed`, for what many records can do without: the first refusal alone is told, and the first five end the asking. */
export function ifAllowedOfEach(ctx: Blind, subject: string): <T>(read: () => Promise<T>) => Promise<T | undefined> {
  let given = false;
  let refusals = 0;
  const once: Blind = {
    blind: (...spot) => {
      if (refusals === 0) ctx.blind(...spot);
      refusals += 1;
    },
  };
  return async (read) => {
    if (!given && refusals >= REFUSALS) return undefined;
    const answer = await ifAllowed(once, subject, read);
    given ||= answer !== undefined;
    return answer;
  };
}
