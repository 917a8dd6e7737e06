import { z } from 'zod';
import {
  DAY,
  fitting,
  ifAllowed,
  isoDate,
  isoTime,
  listOf,
  operation,
  pagesOf,
  time,
  type Instant,
  type Paging,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { note, recordsOf, type Sighting } from './sightings.ts';

const Row = z.object({ id: z.string(), status: z.number().nullish(), request_time: time() });
type Row = z.output<typeof Row>;

/** Bodies, addresses and queries of calls are never read: they hold documents and people. */
const Details = z.object({
  request_time: time(),
  token_type: z.string().nullish(),
  application: z.string().nullish(),
  key: z.string().nullish(),
  user_id: z.string().nullish(),
  user_email: z.string().nullish(),
});

const listLog = operation('GET /public/v2/logs', z.object({ results: listOf(Row) }));
const readEntry = operation('GET /public/v2/logs/{id}', Details);

/** No list says which keys and tokens there are. The log of calls says which are in use, one entry at a time. */
export const credentials: Stream<Config> = {
  title: 'API keys and tokens that were seen in use, from a sample of the API log',
  emits: ['credential', 'identity'],
  operations: [listLog, readEntry],
  requires: [{ scope: 'workspace admin', why: 'only the log of calls shows which credentials exist' }],
  // What made no call in the sample may still be there.
  absence: 'means-nothing',
  applies: ({ logSample }) => logSample > 0,
  async *pages(ctx) {
    const seen = new Map<string, Sighting>();
    for (const environment of ['PRODUCTION', 'SANDBOX'] as const) {
      for (const { id } of await sampled(ctx, environment)) {
        const answer = await ifAllowed(ctx, `log entry ${id}`, () => ctx.http.read(readEntry, { params: { id } }));
        if (answer) note(seen, environment, answer.body);
      }
    }
    yield { items: recordsOf(seen), bounded: true };
  },
};

const PAGE = 1_000;
/** `count` × `page` may not be more than 10,000: https://developers.pandadoc.com/reference/list-api-logs */
const MOST_PAGES = 10;

const paging: Paging<unknown> = {
  ask: (cursor) => ({ query: { count: PAGE, page: typeof cursor === 'number' ? cursor : 1 } }),
  next: (_, cursor, count) => {
    const page = typeof cursor === 'number' ? cursor : 1;
    return count < PAGE || page >= MOST_PAGES ? undefined : page + 1;
  },
};

/** A quarter are the newest calls; the others are the newest of each day and outcome, so that rare use is seen too. */
async function sampled(ctx: StreamContext<Config>, environment: string): Promise<readonly Row[]> {
  const size = Math.ceil(ctx.config.logSample / 2);
  const newest: Row[] = [];
  const others = new Map<string, Row | undefined>();
  const options = {
    ask: { query: { since: sinceOf(ctx), environment_type: environment } },
    paging,
    elements: ({ results }: { results: Row[] }) => results,
  };
  for await (const { elements } of pagesOf({ ...ctx, resume: undefined }, listLog, options)) {
    for (const row of fitting(ctx, elements)) {
      const kind = `${row.request_time === undefined ? '' : isoDate(row.request_time)} ${row.status ?? ''}`;
      const first = newest.length < Math.ceil(size / 4);
      if (first) newest.push(row);
      if (!others.has(kind) && others.size < size) others.set(kind, first ? undefined : row);
    }
  }
  return [...newest, ...others.values()].filter((row) => row !== undefined).slice(0, size);
}

const sinceOf = ({ now, config }: { now: Instant; config: Config }): string => isoTime(now - config.logDays * DAY);
