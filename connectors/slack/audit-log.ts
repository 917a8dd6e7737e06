import { z } from 'zod';
import {
  attributed,
  DAY,
  fitting,
  ifAllowed,
  listOf,
  operation,
  pagesOf,
  SECOND,
  SourceError,
  type Attribution,
} from '../../src/sdk/index.ts';
import { cursorPages, epoch } from './answers.ts';
import type { Context } from './config.ts';

const named = z.object({ id: z.string().nullish() }).nullish();
const Event = z.object({
  action: z.string().nullish(),
  date_create: epoch(),
  actor: z
    .object({
      user: z.object({ id: z.string().nullish(), name: z.string().nullish(), email: z.string().nullish() }).nullish(),
    })
    .nullish(),
  entity: z.object({ app: named, workflow: named, workflow_v2: named }).nullish(),
});
type Event = z.output<typeof Event>;

/** Enterprise plans alone: https://docs.slack.dev/reference/audit-logs-api/methods-actions-reference */
export const listAuditEvents = operation(
  'GET /logs',
  z.object({
    entries: listOf(Event),
    response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
  }),
  { origin: 'audit', means: { 404: 'not-licensed' } },
);

const PAGE = 1_000;

/** Newest first. */
async function eventsOf(ctx: Context, actions: readonly string[]): Promise<readonly Event[]> {
  const oldest = Math.floor((ctx.now - ctx.config.auditDays * DAY) / SECOND);
  const options = {
    ask: { query: { action: actions.join(','), oldest } },
    paging: cursorPages(PAGE),
    elements: ({ entries }: { entries: Event[] }) => entries,
  };
  const found: Event[] = [];
  await ifAllowed(ctx, 'audit log', async () => {
    for await (const { elements } of pagesOf({ ...ctx, resume: undefined }, listAuditEvents, options))
      found.push(...fitting(ctx, elements));
  });
  if (!found.every(({ action }) => !action || actions.includes(action)))
    throw new SourceError('schema', 'the audit log told of other actions than it was asked about');
  return found;
}

/** Apps whose token Slack kept alive although whoever installed them had left; none where the configuration does not name the log. */
export async function preservedTokens(ctx: Context): Promise<ReadonlySet<string>> {
  const events = ctx.config.auditLog ? await eventsOf(ctx, ['app_token_preserved']) : [];
  return new Set(events.flatMap(({ entity }) => entity?.app?.id || []));
}

/** Who made and who published each workflow, by its id; empty where the configuration does not name the log. */
export async function makersOfWorkflows(ctx: Context): Promise<ReadonlyMap<string, readonly Attribution[]>> {
  const actions = ['workflow_created', 'workflow_published', 'workflow_v2_published'];
  const events = ctx.config.auditLog ? await eventsOf(ctx, actions) : [];
  const makers = new Map<string, Attribution[]>();
  for (const { action, actor, entity, date_create: at } of events) {
    const id = entity?.workflow?.id || entity?.workflow_v2?.id;
    const rel = action === 'workflow_created' ? 'created-by' : 'published-by';
    const who = attributed(rel, { ...actor?.user }, 'audit-log', { at, evidence: action ?? 'audit log' });
    if (!id || who === undefined) continue;
    const known = makers.get(id) ?? [];
    // The newest of each speaks.
    if (!known.some((each) => each.rel === rel)) makers.set(id, [...known, who]);
  }
  return makers;
}
