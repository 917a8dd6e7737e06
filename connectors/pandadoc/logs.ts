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
import { ofOneWorkspace, readMyself, readUser } from './myself.ts';
import { note, recordsOf, type Sighting } from './sightings.ts';

/** Of the address only the noun is read: `documents`. */
const Row = z.object({
  id: z.string(),
  status: z.number().nullish(),
  request_time: time(),
  url: z
    .string()
    .nullish()
    .transform((value) => /^\/public\/\w+\/([a-z-]+)/.exec(value ?? '')?.[1] ?? ''),
});
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
  operations: [listLog, readEntry, readMyself, readUser],
  requires: [{ scope: 'workspace admin', why: 'only the log of calls shows which credentials exist' }],
  // What made no call in the sample may still be there.
  absence: 'means-nothing',
  applies: ({ logSample }) => logSample > 0,
  pages: ofOneWorkspace(async function* (ctx) {
    const seen = new Map<string, Sighting>();
    const own = (ctx.config.apiKey ?? ctx.config.accessToken)?.reveal();
    for (const environment of ['PRODUCTION', 'SANDBOX'] as const) {
      const kinds = await kindsOfCalls(ctx, environment);
      await inTurn(kinds, Math.ceil(ctx.config.logSample / 2), async ({ id, status }) => {
        const answer = await ifAllowed(ctx, `log entry ${id}`, () => ctx.http.read(readEntry, { params: { id } }));
        // Rollcall's own calls are in the log too: what it reads with is on the roll already.
        const ours = own !== undefined && answer?.body.key === own;
        if (answer && !ours) note(seen, environment, { ...answer.body, refused: status === UNAUTHORISED });
        return !ours;
      });
    }
    yield { items: recordsOf(seen), bounded: true };
  }),
};

const UNAUTHORISED = 401;
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

/** So many of the newest calls of a kind; of each day before, one. */
const NEWEST = 3;

/** What was called and how it went, with the calls that stand for it. */
async function kindsOfCalls(ctx: StreamContext<Config>, environment: string): Promise<readonly (readonly Row[])[]> {
  const kinds = new Map<string, Row[]>();
  const days = new Set<string>();
  const options = {
    ask: { query: { since: sinceOf(ctx), environment_type: environment } },
    paging,
    elements: ({ results }: { results: Row[] }) => results,
  };
  for await (const { elements } of pagesOf({ ...ctx, resume: undefined }, listLog, options)) {
    for (const row of fitting(ctx, elements)) {
      const kind = `${row.url} ${row.status ?? ''}`;
      const day = `${kind} ${row.request_time === undefined ? '' : isoDate(row.request_time)}`;
      const calls = kinds.get(kind) ?? [];
      kinds.set(kind, calls);
      if (calls.length < NEWEST || !days.has(day)) calls.push(row);
      days.add(day);
    }
  }
  return [...kinds.values()];
}

/**
 * Opens the first call of each kind, then the second of each, and so on, so that what is rare is seen beside what is
 * frequent. A kind whose newest calls are all Rollcall's own is left at that.
 */
async function inTurn(
  kinds: readonly (readonly Row[])[],
  most: number,
  open: (row: Row) => Promise<boolean>,
): Promise<void> {
  const others = new Set<readonly Row[]>();
  let opened = 0;
  for (let turn = 0; kinds.some(({ length }) => length > turn); turn += 1) {
    for (const calls of kinds) {
      const row = calls[turn];
      if (row === undefined || (turn >= NEWEST && !others.has(calls))) continue;
      if (opened === most) return;
      opened += 1;
      if (await open(row)) others.add(calls);
    }
  }
}

const sinceOf = ({ now, config }: { now: Instant; config: Config }): string => isoTime(now - config.logDays * DAY);
