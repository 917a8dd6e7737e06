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
  type Page,
  type Paging,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { organisationOf } from './leavers.ts';
import { listOrganisations } from './organisation.ts';
import { note, noted, recordsOf, type Sightings } from './sightings.ts';

/** GUIDs, older integration keys with a few letters before them. What looks otherwise is no id, and is not kept. */
const id = z
  .string()
  .nullish()
  .transform((text) =>
    /^(?:[A-Z]{2,10}-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text ?? '') ? text : undefined,
  );

/** https://github.com/docusign/docusign-monitor-node-client, `StreamingEventRow`. */
const Event = z.object({
  eventId: z.string().nullish(),
  timestamp: time(),
  accountId: z.string().nullish(),
  userId: id,
  integratorKey: id,
});
const Feed = z.object({ endCursor: z.string().nullish(), resultData: listOf(Event).nullable() });
type Feed = z.output<typeof Feed>;

/** https://developers.docusign.com/docs/monitor-api/reference/monitor/dataset/stream */
const readFeed = operation('GET /v1/organizations/{organizationId}/stream', Feed, {
  origin: 'workflow',
  means: { 402: 'not-licensed', 404: 'not-licensed' },
});

/** The most that one call gives out: https://developers.docusign.com/docs/monitor-api/ */
const EVENTS = 2_000;

export const monitor: Stream<Config> = {
  title: 'Integration keys that were seen in use (Monitor)',
  emits: ['identity', 'credential'],
  operations: [readFeed, listOrganisations],
  requires: [
    { scope: 'impersonation', why: 'the feed is open to an organisation administrator by JWT alone' },
    { scope: 'organization_read', why: 'it is the feed of an organisation, whose id the account does not tell' },
  ],
  after: ['users'],
  // A key that made no call in the time that was read is not gone.
  absence: 'means-nothing',
  pages,
};

/** Where the feed is read on, and what was seen so far: a key's first and last use lie on different pages. */
interface Place {
  at: string;
  seen: Sightings;
}

async function* pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
  const place = ctx.resume as unknown as Place | undefined;
  const from = typeof ctx.changesFrom === 'string' ? ctx.changesFrom : isoTime(ctx.now - ctx.config.monitorDays * DAY);
  let seen = place?.seen ?? {};
  let last = place?.at ?? from;
  let first: string | undefined;
  for await (const page of pagesOf({ ...ctx, resume: last }, readFeed, {
    ask: { params: { organizationId: await ownOrganisation(ctx) }, query: { limit: EVENTS } },
    paging: feed,
    elements: (body) => body.resultData ?? [],
  })) {
    const events = fitting(ctx, page.elements);
    const begins = events[0]?.eventId ?? undefined;
    if (begins !== undefined && begins === first)
      throw new SourceError('schema', 'the feed gives out the same events again and again');
    first = begins;
    for (const event of events) {
      if (event.accountId && event.accountId !== ctx.config.accountId) continue;
      seen = note(seen, { key: event.integratorKey, user: event.userId, at: event.timestamp });
    }
    last = page.body?.endCursor || last;
    if (page.next === undefined) break;
    yield { items: [], bounded: true, next: { at: last, seen: noted(seen) } };
  }
  yield { items: recordsOf(seen, ctx), bounded: true, changesFrom: last };
}

async function ownOrganisation(ctx: StreamContext<Config>): Promise<string> {
  const organisation = await organisationOf(ctx);
  if (organisation !== undefined) return organisation;
  const detail =
    'the user that we act as administers no organisation that has this account: nobody else is given the feed';
  throw new SourceError('permission', detail);
}

/** The feed has no end: a page without events, or one that leads nowhere new, is where it stands today. */
const feed: Paging<Feed> = {
  ask: (cursor) => ({ query: { cursor: cursor as string } }),
  next: ({ body }, cursor, count) =>
    count === 0 || !body.endCursor || body.endCursor === cursor ? undefined : body.endCursor,
};
