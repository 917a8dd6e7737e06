import { SourceError, type Gap } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';

/**
 * What only a licence or a permission of its own opens, or why it is not known: the stream goes on without it. That the
 * tenant has no licence, or its cloud no such thing, is no gap of ours.
 */
export async function ifLicensed<T>(
  ctx: Context,
  subject: string,
  read: () => Promise<T>,
): Promise<{ told?: T; gap?: Gap }> {
  try {
    return { told: await read() };
  } catch (problem) {
    if (!(problem instanceof SourceError)) throw problem;
    const { kind, message } = problem;
    if (kind === 'not-licensed' || kind === 'not-supported') {
      ctx.blind(subject, kind, message, 'expected');
      return { gap: kind };
    }
    if (kind !== 'permission' && kind !== 'not-found') throw problem;
    ctx.blind(subject, kind, message);
    return { gap: 'denied' };
  }
}
