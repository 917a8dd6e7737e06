import { SourceError } from '../core/errors.ts';
import type { StreamContext } from './connector.ts';

/** What `read` yields. When it is refused or not there, that is a blind spot, the answer undefined, and the rest goes on. */
export async function ifAllowed<T>(
  ctx: Pick<StreamContext<unknown>, 'blind'>,
  subject: string,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (problem) {
    if (!(problem instanceof SourceError)) throw problem;
    if (problem.kind !== 'permission' && problem.kind !== 'not-found' && problem.kind !== 'not-licensed') throw problem;
    ctx.blind(subject, problem.kind, problem.message);
    return undefined;
  }
}
