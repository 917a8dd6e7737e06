import { z } from 'zod';
import {
  DAY,
  fitting,
  ifAllowed,
  isoTime,
  listOf,
  operation,
  pagesOf,
  time,
  type Endpoint,
  type Gap,
  type Instant,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { pagesOfSize, type Config } from './config.ts';

const Event = z.object({
  name: z.string().nullish(),
  error: z.string().nullish(),
  http_status_code: z.number().nullish(),
  delivery_time: time(),
});
type Event = z.output<typeof Event>;

export const listEvents = operation('GET /public/v1/webhook-events', z.object({ items: listOf(Event) }));

/** The newest delivery of a subscription, or why it is not known. */
export interface Delivered {
  lastUsedAt?: Instant;
  delivery?: Endpoint['delivery'];
  gap?: Gap;
}

/** By the subscription's name; undefined where deliveries may not be read. */
type Deliveries = ReadonlyMap<string, Delivered> | undefined;

export const untold = (gap: Gap): Delivered => ({ gap });

export function deliveryOf(told: Deliveries, name: string | null | undefined): Delivered {
  return told === undefined ? untold('denied') : (told.get(name ?? '') ?? untold('not-seen'));
}

const PAGE = 100;
/** Newest first: what lies behind so many pages says little about today. */
const MOST_PAGES = 20;

export async function deliveries(ctx: StreamContext<Config>): Promise<Deliveries> {
  return ifAllowed(ctx, 'webhook deliveries', async () => {
    const found = new Map<string, Delivered>();
    const options = {
      ask: { query: { since: isoTime(ctx.now - ctx.config.logDays * DAY) } },
      paging: pagesOfSize(PAGE),
      elements: ({ items }: { items: Event[] }) => items,
    };
    let pages = 0;
    for await (const { elements } of pagesOf({ ...ctx, resume: undefined }, listEvents, options)) {
      for (const event of fitting(ctx, elements)) {
        const { name, delivery_time: lastUsedAt } = event;
        if (!name || lastUsedAt === undefined || (found.get(name)?.lastUsedAt ?? 0) >= lastUsedAt) continue;
        found.set(name, arrived(event, lastUsedAt));
      }
      pages += 1;
      if (pages === MOST_PAGES) break;
    }
    return found;
  });
}

function arrived({ error, http_status_code: status }: Event, lastUsedAt: Instant): Delivered {
  if (error) return { lastUsedAt, delivery: 'failing' };
  if (typeof status !== 'number') return { lastUsedAt };
  return { lastUsedAt, delivery: status >= 200 && status < 300 ? 'working' : 'failing' };
}
