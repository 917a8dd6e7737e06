import type { Json } from '../core/content.ts';
import { SourceError } from '../core/errors.ts';
import type { Kind, RecordOf } from '../core/record.ts';
import type { Page, StreamContext } from './connector.ts';

interface Place {
  parent: string;
  inner?: Json;
}

/** When so many parents in a row refuse from the start, the credential lacks the permission for all. */
const REFUSALS = 5;

/**
 * The pages of every parent in turn. What one parent refuses or no longer has is a blind spot; the others go on, unless
 * the first five refuse and none could be read: then the stream fails. A broken-off attempt goes on inside the parent
 * where it stopped.
 */
export async function* perParent<C, K extends Kind>(
  ctx: StreamContext<C>,
  kind: K,
  pages: (parent: RecordOf<K>, ctx: StreamContext<C>) => AsyncIterable<Page>,
): AsyncGenerator<Page> {
  const from = ctx.resume as Place | undefined;
  let readable = from !== undefined;
  let refusals = 0;
  for await (const parent of ctx.parents(kind)) {
    const order = from === undefined ? 1 : Buffer.compare(Buffer.from(parent.id), Buffer.from(from.parent));
    if (order < 0 || (order === 0 && from?.inner === undefined)) continue;
    const resume = order === 0 ? from?.inner : undefined;
    try {
      for await (const page of pages(parent, { ...ctx, resume })) {
        readable = true;
        const inner = page.next;
        yield { ...page, next: { parent: parent.id, ...(inner !== undefined && { inner }) } };
      }
      readable = true;
    } catch (problem) {
      if (!(problem instanceof SourceError)) throw problem;
      if (problem.kind !== 'not-found' && problem.kind !== 'permission') throw problem;
      if (problem.kind === 'permission') refusals += 1;
      if (!readable && refusals === REFUSALS) throw problem;
      ctx.blind(parent.name, problem.kind, problem.message);
    }
  }
}
