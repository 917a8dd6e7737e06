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

/** What one stream yields, and of what it said that it could not see it, why. */
export interface StreamRead {
  records: readonly AnyRecord[];
  items: readonly Item[];
  blind: readonly (readonly [subject: string, reason: string])[];
}

/** Reads a stream of a platform that answers each route with one body, or one for what is asked, and refuses the others. */
export async function readStream<C>(
  stream: Stream<C> | undefined,
  config: C,
  bodies: { readonly [route: string]: unknown },
  parents: readonly Item[] = [],
): Promise<StreamRead> {
  const blind: [string, string][] = [];
  const read: Http['read'] = async ({ route, answer }, ask = {}) => {
    const given = bodies[route.replace(/^GET /, '')];
    const body = typeof given === 'function' ? (given as (ask: Ask) => unknown)(ask) : given;
    if (body instanceof SourceError) throw body;
    if (body === undefined) throw new SourceError('permission', `${route} is refused`);
    return { body: answer.parse(body) as never, status: 200, headers: new Headers() };
  };
  const ctx = streamContext(config, {
    http: { ...noHttp, read },
    blind: (subject, reason) => void blind.push([subject, reason]),
    parents: async function* (kind: string) {
      for (const { record } of parents) if (record.kind === kind) yield record;
    } as never,
  });
  const items = (await Array.fromAsync(stream?.pages(ctx) ?? [])).flatMap((page) => page.items);
  return { records: items.map(({ record }) => record), items, blind };
}
