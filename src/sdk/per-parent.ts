import type { Json } from '../core/content.ts';
import { SourceError } from '../core/errors.ts';
import type { Kind, RecordOf } from '../core/record.ts';
import type { Page, StreamContext } from './connector.ts';
import type { Http } from './http.ts';

interface Place {
  parent: string;
  inner?: Json;
}

type PagesOf<C, K extends Kind> = (parent: RecordOf<K>, ctx: StreamContext<C>) => AsyncIterable<Page>;

/** After so many refusals, and nothing that could be read, it looks as if the credential lacked the permission for all. */
const REFUSALS = 5;
/** Then each further one that is asked is so much further on than the one before: about eighty among ten thousand. */
const FURTHER = 0.1;

/**
 * The pages of every parent in turn. What one parent refuses or no longer has is a blind spot, and the others go on.
 * Where the first five refuse, some of all the others are asked: only when these refuse too, the stream fails. A
 * broken-off attempt goes on inside the parent where it stopped.
 */
export async function* perParent<C, K extends Kind>(
  ctx: StreamContext<C>,
  kind: K,
  pages: PagesOf<C, K>,
): AsyncGenerator<Page> {
  const from = ctx.resume as Place | undefined;
  let readable = from !== undefined;
  let refusals = 0;
  for await (const parent of ctx.parents(kind)) {
    const order = from === undefined ? 1 : orderOf(parent.id, from.parent);
    if (order < 0 || (order === 0 && from?.inner === undefined)) continue;
    const resume = order === 0 ? from?.inner : undefined;
    const { http, asked } = watched(ctx.http);
    try {
      for await (const page of pages(parent, { ...ctx, http, resume })) {
        readable = true;
        const inner = page.next;
        yield { ...page, next: { parent: parent.id, ...(inner !== undefined && { inner }) } };
      }
      // Of a parent that is none of those in question nothing was asked: that says nothing of the others.
      readable ||= asked();
    } catch (problem) {
      if (!(problem instanceof SourceError) || !isItsOwn(problem)) throw problem;
      if (problem.kind === 'permission') refusals += 1;
      if (!readable && refusals === REFUSALS) {
        readable = await isReadElsewhere(ctx, kind, parent.id, pages);
        if (!readable) throw problem;
      }
      ctx.blind(parent.name, problem.kind, problem.message);
    }
  }
}

/** Can any of the parents behind this one be read? They are asked further and further apart; what they say is not kept. */
async function isReadElsewhere<C, K extends Kind>(
  ctx: StreamContext<C>,
  kind: K,
  behind: string,
  pages: PagesOf<C, K>,
): Promise<boolean> {
  let [position, next] = [0, 1];
  for await (const parent of ctx.parents(kind)) {
    if (orderOf(parent.id, behind) <= 0) continue;
    position += 1;
    if (position < next) continue;
    const { http, asked } = watched(ctx.http);
    try {
      for await (const _ of pages(parent, { ...ctx, http, resume: undefined, blind: () => {}, doubt: () => {} }))
        return true;
      if (asked()) return true;
      next = position + 1;
    } catch (problem) {
      if (!(problem instanceof SourceError) || !isItsOwn(problem)) throw problem;
      next = position + Math.ceil(position * FURTHER);
    }
  }
  return false;
}

function isItsOwn({ kind }: SourceError): boolean {
  return kind === 'not-found' || kind === 'permission';
}

/** The order in which parents come. */
function orderOf(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** The same way to the platform, and whether it was gone. */
function watched(http: Http): { http: Http; asked(): boolean } {
  let asked = false;
  return {
    http: {
      read: (operation, ask) => {
        asked = true;
        return http.read(operation, ask);
      },
      fetch: (url, init) => {
        asked = true;
        return http.fetch(url, init);
      },
    },
    asked: () => asked,
  };
}
