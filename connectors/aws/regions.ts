import { SourceError, type Json, type Page, type StreamContext } from '../../src/sdk/index.ts';
import type { AwsConfig } from './config.ts';
import { awsOf } from './sdk.ts';

type Context = StreamContext<AwsConfig>;
interface Place {
  region: string;
  inner?: Json;
}

/**
 * The pages of every configured region in turn; a broken-off attempt goes on inside the region where it stopped. A
 * region that refuses is a blind spot, and the others go on; when all refuse, that is the stream's own failure.
 */
export async function* perRegion(
  ctx: Context,
  pages: (ctx: Context, region: string) => AsyncIterable<Page>,
): AsyncGenerator<Page> {
  const { regions } = ctx.config;
  const from = ctx.resume as Place | undefined;
  const at = awsOf(ctx);
  const refusals: SourceError[] = [];
  for (const region of regions.slice(Math.max(0, from === undefined ? 0 : regions.indexOf(from.region)))) {
    const resume = region === from?.region ? from.inner : undefined;
    if (region === from?.region && resume === undefined) continue;
    try {
      for await (const page of pages({ ...ctx, http: at(region), resume }, region)) {
        const inner = page.next;
        yield { ...page, next: { region, ...(inner !== undefined && { inner }) } };
      }
    } catch (problem) {
      if (!(problem instanceof SourceError)) throw problem;
      if (!concernsRegion(problem)) throw problem;
      refusals.push(problem);
      if (refusals.length === regions.length) throw problem;
      ctx.blind(region, problem.kind, problem.message);
    }
  }
}

/** A region that the account has not enabled does not know its keys, and not every service has a host in each region. */
function concernsRegion({ kind, code }: SourceError): boolean {
  return kind === 'permission' || kind === 'auth' || code === 'ENOTFOUND';
}
