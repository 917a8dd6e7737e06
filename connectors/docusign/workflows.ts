import { z } from 'zod';
import {
  fitting,
  ifAllowed,
  ifAllowedOfEach,
  listOf,
  operation,
  SourceError,
  time,
  type Instant,
  type Item,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { Automation, recordsOf, Trigger } from './automation.ts';
import type { Config } from './config.ts';

const gated = { origin: 'workflow', means: { 402: 'not-licensed', 404: 'not-licensed' } } as const;
const listWorkflows = operation(
  'GET /v1/accounts/{accountId}/workflows',
  z.object({ data: listOf(Automation) }),
  gated,
);
const readTrigger = operation('GET /v1/accounts/{accountId}/workflows/{workflowId}/trigger-requirements', Trigger, {
  origin: 'workflow',
});

/** What the runs were started with comes too; it is not read. */
const listRuns = operation(
  'GET /v1/accounts/{accountId}/workflows/{workflowId}/instances',
  z.object({ data: listOf(z.object({ started_at: time() })) }),
  { origin: 'workflow' },
);

/** Triggers that are asked for before what was read is written. */
const PAGE = 20;

export const workflows: Stream<Config> = {
  title: 'Workflow Builder workflows, their triggers and last runs',
  emits: ['workflow', 'endpoint'],
  operations: [listWorkflows, readTrigger, listRuns],
  requires: [{ scope: 'aow_manage', why: 'there is no read-only scope for listing workflows' }],
  absence: 'means-gone',
  pages,
};

/** The list comes in one piece; the triggers make the work, and a broken-off attempt goes on behind the last one. */
async function* pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
  const { accountId } = ctx.config;
  const { body } = await ctx.http.read(listWorkflows, { params: { accountId } });
  const all = fitting(ctx, body.data).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const askRuns = ifAllowedOfEach(ctx, 'runs of workflows');
  const behind = typeof ctx.resume === 'string' ? ctx.resume : '';
  const left = all.filter(({ id }) => id > behind);
  for (let from = 0; from < left.length || from === 0; from += PAGE) {
    ctx.signal.throwIfAborted();
    const some = left.slice(from, from + PAGE);
    const items: Item[] = [];
    for (const automation of some) {
      const trigger = await triggerOf(automation, ctx);
      const lastRunAt = await lastRunOf(automation, askRuns, ctx);
      items.push(...recordsOf(automation, { trigger, lastRunAt }, ctx.config));
    }
    const last = some.at(-1)?.id;
    yield { items, ...(last !== undefined && from + PAGE < left.length && { next: last }) };
  }
}

/** What is not published has no trigger yet, or none any more: that it is not found is no blind spot. */
async function triggerOf(automation: Automation, ctx: StreamContext<Config>): Promise<Trigger | undefined> {
  const params = { accountId: ctx.config.accountId, workflowId: automation.id };
  const read = () => ctx.http.read(readTrigger, { params });
  const answer = await ifAllowed(ctx, nameOf(automation), async () => {
    try {
      return await read();
    } catch (problem) {
      if (canRun(automation) || !(problem instanceof SourceError) || problem.kind !== 'not-found') throw problem;
      return undefined;
    }
  });
  return answer?.body;
}

/** When a workflow that can run was last started. The list of runs has no pages; one that is too long is a blind spot. */
async function lastRunOf(
  automation: Automation,
  ask: ReturnType<typeof ifAllowedOfEach>,
  ctx: StreamContext<Config>,
): Promise<Instant | undefined> {
  if (!canRun(automation)) return undefined;
  const params = { accountId: ctx.config.accountId, workflowId: automation.id };
  const runs = `runs of ${nameOf(automation)}`;
  try {
    const answer = await ask(() => ctx.http.read(listRuns, { params }));
    const blind: typeof ctx.blind = (subject, ...why) => ctx.blind(`${subject} of the ${runs}`, ...why);
    const starts = fitting({ blind }, answer?.body.data ?? []).flatMap(({ started_at: at }) => at ?? []);
    return starts.length === 0 ? undefined : starts.reduce((latest, at) => Math.max(latest, at));
  } catch (problem) {
    if (!(problem instanceof SourceError) || problem.kind !== 'unreadable') throw problem;
    ctx.blind(runs, 'too-large', problem.message);
    return undefined;
  }
}

const canRun = ({ status }: Automation): boolean => status?.toLowerCase() === 'active';

const nameOf = ({ id, name }: Automation): string => name || id;
