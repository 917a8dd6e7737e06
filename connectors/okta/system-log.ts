import { attributed, DAY, fitting, ifAllowed, isoTime, operation, type Attribution } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import { listed } from './lists.ts';
import { LogEvents } from './schema.ts';

export const listEvents = operation('GET /api/v1/logs', LogEvents);

/** Okta keeps events so long: https://developer.okta.com/docs/reference/system-log-query/ */
const LOG_KEPT = 90 * DAY;
/** Of a thousand events each, which is the most. */
const MOST_PAGES = 10;

/** Who made each app of the last 90 days, by its id; the newest event speaks. What an app or Okta itself made names nobody. */
export async function makersOfApps(ctx: Context): Promise<ReadonlyMap<string, Attribution>> {
  const makers = new Map<string, Attribution>();
  if (!ctx.config.systemLog) return makers;
  // https://developer.okta.com/docs/reference/api/event-types/
  const filter = 'eventType eq "application.lifecycle.create" and outcome.result eq "SUCCESS"';
  const query = {
    filter,
    since: isoTime(ctx.now - LOG_KEPT),
    until: isoTime(ctx.now),
    limit: 1_000,
    sortOrder: 'DESCENDING',
  };
  await ifAllowed(ctx, 'system log', async () => {
    let pages = 0;
    for await (const page of listed({ ...ctx, resume: undefined }, listEvents, { query })) {
      for (const { published: at, actor, target } of fitting(ctx, page.elements)) {
        if (actor?.type !== 'User') continue;
        const who = { id: actor.id, login: actor.alternateId };
        const maker = attributed('created-by', who, 'audit-log', { at, evidence: 'application.lifecycle.create' });
        for (const { id, type } of target ?? [])
          if (type === 'AppInstance' && id && maker && !makers.has(id)) makers.set(id, maker);
      }
      pages += 1;
      if (pages < MOST_PAGES || page.next === undefined) continue;
      ctx.blind('system log', 'too-large', 'only the newest ten thousand apps that were made', 'expected');
      break;
    }
  });
  return makers;
}
