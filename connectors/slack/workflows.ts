import { z } from 'zod';
import { fitting, ifAllowed, listOf, operation, pagesOf, type Stream } from '../../src/sdk/index.ts';
import { answer, cursorPages, listed, pageOf } from './answers.ts';
import { listAuditEvents, makersOfWorkflows } from './audit-log.ts';
import type { Config, Context } from './config.ts';
import { functionsOfApps, listFunctions } from './functions.ts';
import { lastRuns, listActivities } from './runs.ts';
import { Found, Permission, workflowItem } from './workflow-item.ts';

const search = operation('POST /admin.workflows.search', pageOf({ workflows: listOf(Found).nullish() }));
const lookUp = operation(
  'POST /admin.workflows.permissions.lookup',
  // Null for one that does not have the expected form: the others are read.
  answer({ permissions: z.record(z.string(), Permission.nullable().catch(null)).nullish() }),
);

/** What the method returns when it is not asked for another number. */
const PAGE = 20;

/** Unpublished workflows are left out unless they are asked for: `publish_status` is `published` by default. */
export const workflows: Stream<Config> = {
  title: 'Workflows, published or not, with the apps that they use, who may run them and when they last ran',
  emits: ['workflow'],
  operations: [search, lookUp, listFunctions, listActivities, listAuditEvents],
  requires: [
    { scope: 'admin.workflows:read', why: 'it lists the workflows of everybody', orElse: ['admin.workflows:write'] },
  ],
  joins: ['apps'],
  absence: 'means-gone',
  async *pages(ctx) {
    const makers = await makersOfWorkflows(ctx);
    let functions: Awaited<ReturnType<typeof functionsOfApps>> | undefined;
    const lastRunOf = lastRuns(ctx);
    const options = {
      paging: cursorPages(Math.min(PAGE, ctx.config.pageSize), 'form', { publish_status: 'all' }),
      elements: ({ workflows: found }: { workflows?: z.output<typeof Found>[] | null | undefined }) =>
        listed(found, 'workflows'),
    };
    for await (const { elements, next } of pagesOf(ctx, search, options)) {
      const found = fitting(ctx, elements);
      // Only now: where there are no workflows to be seen, nobody misses them.
      functions ??= await functionsOfApps(ctx);
      const permissions = await permissionsOf(
        ctx,
        found.map(({ id }) => id),
      );
      const items = [];
      for (const each of found) {
        const lastRunAt = each.is_published === true ? await lastRunOf(each.id) : undefined;
        const permission = permissions === undefined ? 'denied' : (permissions[each.id] ?? 'not-seen');
        items.push(workflowItem(each, { makers: makers.get(each.id) ?? [], permission, functions, lastRunAt }));
      }
      yield { items, ...(next !== undefined && { next }) };
    }
  },
};

/** By workflow; undefined where Slack does not let us see them. */
async function permissionsOf(ctx: Context, ids: readonly string[]) {
  if (ids.length === 0) return {};
  const form = { workflow_ids: ids.join(',') };
  const answered = await ifAllowed(ctx, 'who may run workflows', () => ctx.http.read(lookUp, { form }));
  if (answered === undefined) return undefined;
  const permissions = answered.body.permissions ?? {};
  for (const [id, permission] of Object.entries(permissions))
    if (permission === null) ctx.blind(`who may run ${id}`, 'schema', 'the answer does not have the expected form');
  return permissions;
}
