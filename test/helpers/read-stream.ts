import {
  noHttp,
  SourceError,
  type AnyRecord,
  type Ask,
  type Http,
  type Item,
  type Stream,
} from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';

/** What one stream yields, what it lets stand unseen, and what it said that it could not see: of what, why, and whether that is usual. */
export interface StreamRead {
  records: readonly AnyRecord[];
  items: readonly Item[];
  hidden: readonly string[];
  blind: readonly (readonly string[])[];
}

/** Reads a stream of a platform that answers each route with one body, or one for what is asked, and refuses the others. */
export async function readStream<C>(
  stream: Stream<C> | undefined,
  config: C,
  bodies: { readonly [route: string]: unknown },
  parents: readonly Item[] = [],
): Promise<StreamRead> {
  const blind: string[][] = [];
  const read: Http['read'] = async ({ route, answer }, ask = {}) => {
    const given = bodies[route.replace(/^GET /, '')];
    const body = typeof given === 'function' ? (given as (ask: Ask) => unknown)(ask) : given;
    if (body instanceof SourceError) throw body;
    if (body === undefined) throw new SourceError('permission', `${route} is refused`);
    return { body: answer.parse(body) as never, status: 200, headers: new Headers() };
  };
  const ctx = streamContext(config, {
    http: { ...noHttp, read },
    blind: (subject, reason, _, usual) => void blind.push([subject, reason, ...(usual === undefined ? [] : [usual])]),
    parents: async function* (kind: string) {
      for (const { record } of parents) if (record.kind === kind) yield record;
    } as never,
  });
  const pages = await Array.fromAsync(stream?.pages(ctx) ?? []);
  const items = pages.flatMap((page) => page.items);
  const hidden = pages.flatMap((page) => page.hidden ?? []).map(({ kind, id }) => `${kind}/${id}`);
  return { records: items.map(({ record }) => record), items, hidden, blind };
}
