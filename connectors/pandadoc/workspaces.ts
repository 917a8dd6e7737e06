import { z } from 'zod';
import {
  attributed,
  container,
  listOf,
  operation,
  pagesOf,
  time,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { paged, pagesOfSize, PLATFORM, type Config } from './config.ts';
import { ownWorkspace, readMyself, readUser } from './myself.ts';

const Workspace = z.object({
  id: z.string(),
  name: z.string().nullish(),
  owner: z.string().nullish(),
  date_created: time(),
});
type Workspace = z.output<typeof Workspace>;
const listWorkspaces = operation(
  'GET /public/v1/workspaces',
  z.object({ results: listOf(Workspace), total: paged.total }),
);

export const workspaces: Stream<Config> = {
  title: 'Workspaces and their owners',
  emits: ['container'],
  operations: [listWorkspaces, readMyself, readUser],
  requires: [{ scope: 'organisation admin', why: 'webhooks, templates and people belong to workspaces' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const own = await ownWorkspace(ctx);
    const read = new Set([own, ...ctx.config.readElsewhere]);
    const paging = pagesOfSize(ctx.config.pageSize);
    for await (const page of pagesOf(ctx, listWorkspaces, { paging, elements: ({ results }) => results })) {
      yield page.map((workspace) => {
        if (own !== undefined && !read.has(workspace.id)) tellUnread(workspace, ctx);
        const { id, name, owner: email, date_created: createdAt } = workspace;
        return container({
          id: `workspace/${id}`,
          name: name || id,
          type: 'team',
          platform: PLATFORM,
          createdAt,
          attributions: [attributed('owned-by', { email }, 'platform-owner', { evidence: 'owner' })],
        });
      });
    }
  },
};

/** What nobody reads is no failure of this reading, and no good news either. */
function tellUnread({ id, name }: Workspace, ctx: Pick<StreamContext<Config>, 'blind'>): void {
  ctx.blind(
    `workspace ${name || id}`,
    'config',
    `Its webhooks, templates, forms and log of calls are not read here. Give it a source of its own, with a key of that workspace, and name ${id} under readElsewhere here.`,
    'expected',
  );
}
