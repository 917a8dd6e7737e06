import { z } from 'zod';
import { attributed, container, listOf, operation, pagesOf, time, type Stream } from '../../src/sdk/index.ts';
import { paged, pagesOfSize, PLATFORM, type Config } from './config.ts';

const Workspace = z.object({
  id: z.string(),
  name: z.string().nullish(),
  owner: z.string().nullish(),
  date_created: time(),
});
const listWorkspaces = operation(
  'GET /public/v1/workspaces',
  z.object({ results: listOf(Workspace), total: paged.total }),
);

export const workspaces: Stream<Config> = {
  title: 'Workspaces and their owners',
  emits: ['container'],
  operations: [listWorkspaces],
  requires: [{ scope: 'organisation admin', why: 'webhooks, templates and people belong to workspaces' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const paging = pagesOfSize(ctx.config.pageSize);
    for await (const page of pagesOf(ctx, listWorkspaces, { paging, elements: ({ results }) => results })) {
      yield page.map(({ id, name, owner: email, date_created: createdAt }) =>
        container({
          id: `workspace/${id}`,
          name: name || id,
          type: 'team',
          platform: PLATFORM,
          createdAt,
          attributions: [attributed('owned-by', { email }, 'platform-owner', { evidence: 'owner' })],
        }),
      );
    }
  },
};
