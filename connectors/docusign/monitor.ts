import { z } from 'zod';
import {
  DAY,
  fitting,
  isoTime,
  listOf,
  operation,
  pagesOf,
  SourceError,
  time,
  type Operation,
  type Page,
  type Paging,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { organisationOf } from './leavers.ts';
import { listOrganisations } from './organisation.ts';
import { note, noted, recordsOf, type Sightings } from './sightings.ts';

/**
 * GUIDs, older integration keys with a few letters before them. What looks otherwise is no id, and is not kept; nor is
 * the GUID of zeros, which stands for none.
 */
const id = z
  .string()
  .nullish()
  .transform((text) =>
    /^(?:[A-Z]{2,10}-)?(?![0-]+$)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text ?? '') ? text : undefined,
  );

/** https://docs.aws.amazon.com/glue/latest/dg/docusign-monitor-reading-from-entities.html lists the fields of an event. */
const Event = z.object({
  eventId: z.string().nullish(),
  timestamp: time(),
  accountId: z.string().nullish(),
  userId: id,
  IntegratorKey: id,
  /** As the organisation’s stream spells it. */
  integratorKey: id,
});
const endCursor = z.string().nullish();
type Feed = { endCursor?: z.output<typeof endCursor>; data: readonly z.output<typeof Event>[] };

const means = { 402: 'not-licensed', 404: 'not-licensed' } as const;
const data = listOf(Event).nullable();
/**
 * The stream’s page, https://developers.docusign.com/docs/monitor-api/reference/monitor/dataset/stream, calls the list
 * `resultData`, the published description and its SDKs call it `data`. One of the two has to be there.
 */
const readStream = operation(
  'GET /v1/organizations/{organizationId}/stream',
  z
    .union([z.object({ endCursor, resultData: data }), z.object({ endCursor, data })])
    .transform(({ endCursor: end, ...list }): Feed => ({
      endCursor: end,
      data: ('data' in list ? list.data : list.resultData) ?? [],
    })),
  { origin: 'workflow', means },
);
/**
 * Where the vendor's published description has it, https://github.com/docusign/OpenAPI-Specifications, and where most
 * integrations still ask: here nobody has to know the organisation.
 */
const readDataSet = operation(
  'GET /api/v{version}/datasets/{dataSetName}/stream',
  z.object({ endCursor, data: listOf(Event) }),
  { origin: 'monitor', means },
);

/** The most that one call gives out: https://developers.docusign.com/docs/monitor-api/ */
const EVENTS = 2_000;

export const monitor: Stream<Config> = {
  title: 'Integration keys that were seen in use (Monitor)',
  emits: ['identity', 'credential'],
  operations: [readStream, readDataSet, listOrganisations],
  requires: [
    {
      scope: 'impersonation',
      why: 'the feed is open to an organisation administrator by JWT alone; with organization_read it is asked at its present address',
    },
  ],
  after: ['users'],
  // A key that made no call in the time that was read is not gone.
  absence: 'means-nothing',
  pages,
};

/** Where the feed is read on, and what was seen so far: a key's first and last use lie on different pages. */
interface Place extends Mark {
  seen: Sightings;
}

/** Where the feed stands: the stream of an organisation and the data set before it do not share their cursors. */
type Mark = { at: string; organisation?: string };

async function* pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
  const place = ctx.resume as unknown as Place | undefined;
  const organisation = await ownOrganisation(ctx);
  const mark = (at: string): Mark => ({ at, ...(organisation !== undefined && { organisation }) });
  const left = [place, ctx.changesFrom as Mark | undefined].find(
    (each) => each !== undefined && each.organisation === organisation,
  );
  let seen = place?.seen ?? {};
  let last = typeof left?.at === 'string' ? left.at : isoTime(ctx.now - ctx.config.monitorDays * DAY);
  let first: string | undefined;
  const params: Record<string, string> =
    organisation === undefined ? { version: '2.0', dataSetName: 'monitor' } : { organizationId: organisation };
  const read: Operation<z.ZodType<Feed>> = organisation === undefined ? readDataSet : readStream;
  for await (const page of pagesOf({ ...ctx, resume: last }, read, {
    ask: { params, query: { limit: EVENTS } },
    paging: feed,
    elements: (body) => body.data,
  })) {
    const events = fitting(ctx, page.elements);
    const begins = events[0]?.eventId ?? undefined;
    if (begins !== undefined && begins === first)
      throw new SourceError('schema', 'the feed gives out the same events again and again');
    first = begins;
    for (const event of events) {
      if (event.accountId && event.accountId.toLowerCase() !== ctx.config.accountId) continue;
      seen = note(seen, { key: event.integratorKey ?? event.IntegratorKey, user: event.userId, at: event.timestamp });
    }
    last = page.body?.endCursor || last;
    if (page.next === undefined) break;
    yield { items: [], bounded: true, next: { ...mark(last), seen: noted(seen) } };
  }
  yield { items: await recordsOf(seen, ctx), bounded: true, changesFrom: mark(last) };
}

/** Undefined where we may not know it. */
async function ownOrganisation(ctx: StreamContext<Config>): Promise<string | undefined> {
  if (!ctx.config.scopes.includes('organization_read')) return undefined;
  try {
    return await organisationOf(ctx);
  } catch (problem) {
    if (!(problem instanceof SourceError) || !/^(?:permission|not-found|not-licensed)$/.test(problem.kind))
      throw problem;
    return undefined;
  }
}

/** The feed has no end: a page without events, or one that leads nowhere new, is where it stands today. */
const feed: Paging<Feed> = {
  ask: (cursor) => ({ query: { cursor: cursor as string } }),
  next: ({ body }, cursor, count) =>
    count === 0 || !body.endCursor || body.endCursor === cursor ? undefined : body.endCursor,
};
