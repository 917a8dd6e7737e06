import { SourceError, type Json, type Kind, type Page, type StreamContext } from '../../src/sdk/index.ts';
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
  // Kept with the first page: an attempt that goes on has kept them.
  let hidden = from === undefined ? await leftBehind(ctx) : [];
  for (const region of regions.slice(Math.max(0, from === undefined ? 0 : regions.indexOf(from.region)))) {
    const resume = region === from?.region ? from.inner : undefined;
    if (region === from?.region && resume === undefined) continue;
    try {
      for await (const page of pages({ ...ctx, http: at(region), resume }, region)) {
        const inner = page.next;
        yield {
          ...page,
          ...(hidden.length > 0 && { hidden }),
          next: { region, ...(inner !== undefined && { inner }) },
        };
        hidden = [];
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

/** What is known of regions that are not configured any more: it is not asked for, and may well be there. */
async function leftBehind(ctx: Context): Promise<NonNullable<Page['hidden']>> {
  const found: { kind: Kind; id: string }[] = [];
  const regions = new Set<string>();
  for (const kind of ['credential', 'connection'] as const) {
    for await (const { id } of ctx.parents(kind)) {
      const region = regionIn(id);
      if (region === undefined || ctx.config.regions.includes(region)) continue;
      found.push({ kind, id });
      regions.add(region);
    }
  }
  const detail = 'it was read before and is not configured any more: what is known of it stays as it was';
  for (const region of regions) ctx.blind(region, 'disabled', detail, 'expected');
  return found;
}

/** `eu-west-1/…`, `eu-west-1:…` and `arn:aws:acm:eu-west-1:…`; what IAM keeps is in no region. */
function regionIn(id: string): string | undefined {
  return /^(?:arn:[\w-]+:[\w-]+:)?([a-z]{2}(?:-[a-z]+)+-\d)[/:]/.exec(id)?.[1];
}

/** A region that the account has not enabled does not know its keys, and not every service has a host in each region. */
function concernsRegion({ kind, code }: SourceError): boolean {
  return kind === 'permission' || kind === 'auth' || code === 'ENOTFOUND';
}
