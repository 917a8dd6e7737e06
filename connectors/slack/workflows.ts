import { z } from 'zod';
import { fitting, ifAllowed, listOf, operation, pagesOf, type Stream } from '../../src/sdk/index.ts';
import { answer, cursorPages, listed, pageOf } from './answers.ts';
import { listAuditEvents, makersOfWorkflows } from './audit-log.ts';
import type { Config, Context } from './config.ts';
import { Found, Permission, workflowItem } from './workflow-item.ts';

const search = operation('POST /admin.workflows.search', pageOf({ workflows: listOf(Found).nullish() }));
const lookUp = operation(
  'POST /admin.workflows.permissions.lookup',
  answer({ permissions: z.record(z.string(), Permission).nullish() }),
);

/** What the method returns when it is not asked for another number. */
const PAGE = 20;

/** Unpublished workflows are left out unless they are asked for: `publish_status` is `published` by default. */
export const workflows: Stream<Config> = {
  title: 'Workflows, published or not, and who may run them',
  emits: ['workflow'],
  operations: [search, lookUp, listAuditEvents],
  requires: [
    { scope: 'admin.workflows:read', why: 'it lists the workflows of everybody', orElse: ['admin.workflows:write'] },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const makers = await makersOfWorkflows(ctx);
    const options = {
      paging: cursorPages(Math.min(PAGE, ctx.config.pageSize), 'form', { publish_status: 'all' }),
      elements: ({ workflows: found }: { workflows?: z.output<typeof Found>[] | null | undefined }) =>
        listed(found, 'workflows'),
    };
    for await (const { elements, next } of pagesOf(ctx, search, options)) {
      const found = fitting(ctx, elements);
      const permissions = await permissionsOf(
        ctx,
        found.map(({ id }) => id),
      );
      const items = found.map((each) =>
        workflowItem(each, { makers: makers.get(each.id) ?? [], permission: permissions[each.id] }),
      );
      yield { items, ...(next !== undefined && { next }) };
    }
  },
};

async function permissionsOf(ctx: Context, ids: readonly string[]) {
  if (ids.length === 0) return {};
  const form = { workflow_ids: ids.join(',') };
  const answered = await ifAllowed(ctx, 'who may run workflows', () => ctx.http.read(lookUp, { form }));
  return answered?.body.permissions ?? {};
}
