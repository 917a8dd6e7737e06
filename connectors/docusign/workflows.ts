import { z } from 'zod';
import {
  fitting,
  ifAllowed,
  listOf,
  operation,
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

/** Triggers that are asked for before what was read is written. */
const PAGE = 20;

export const workflows: Stream<Config> = {
  title: 'Workflow Builder workflows and their triggers',
  emits: ['workflow', 'endpoint'],
  operations: [listWorkflows, readTrigger],
  requires: [{ scope: 'aow_manage', why: 'there is no read-only scope for listing workflows' }],
  absence: 'means-gone',
  pages,
};

/** The list comes in one piece; the triggers make the work, and a broken-off attempt goes on behind the last one. */
async function* pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
  const { accountId } = ctx.config;
  const { body } = await ctx.http.read(listWorkflows, { params: { accountId } });
  const all = fitting(ctx, body.data).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const behind = typeof ctx.resume === 'string' ? ctx.resume : '';
  const left = all.filter(({ id }) => id > behind);
  for (let from = 0; from < left.length || from === 0; from += PAGE) {
    ctx.signal.throwIfAborted();
    const some = left.slice(from, from + PAGE);
    const items: Item[] = [];
    for (const automation of some) {
      const params = { accountId, workflowId: automation.id };
      const trigger = await ifAllowed(ctx, automation.name || automation.id, () =>
        ctx.http.read(readTrigger, { params }),
      );
      items.push(...recordsOf(automation, trigger?.body, ctx.config));
    }
    const last = some.at(-1)?.id;
    yield { items, ...(last !== undefined && from + PAGE < left.length && { next: last }) };
  }
}
