import { z } from 'zod';
import { listOf, operation, pagesOf, time, workflow, type Stream, type WorkflowState } from '../../src/sdk/index.ts';
import { paged, pagesOfSize, PLATFORM, type Config } from './config.ts';
import { ofOneWorkspace, readMyself, readUser } from './myself.ts';

const Form = z.object({
  id: z.string(),
  name: z.string().nullish(),
  status: z.string().nullish(),
  date_created: time(),
  date_modified: time(),
});
const listForms = operation(
  'GET /public/v1/forms',
  z.object({ results: listOf(Form), has_next_page: paged.has_next_page }),
);

const states: Readonly<Record<string, WorkflowState>> = { active: 'active', draft: 'draft', disabled: 'inactive' };

export const forms: Stream<Config> = {
  title: 'Forms',
  emits: ['workflow'],
  operations: [listForms, readMyself, readUser],
  requires: [{ scope: 'workspace member', why: 'a form starts documents for whoever fills it in' }],
  absence: 'means-gone',
  pages: ofOneWorkspace(async function* (ctx, links) {
    const paging = pagesOfSize(ctx.config.pageSize);
    for await (const page of pagesOf(ctx, listForms, { paging, elements: ({ results }) => results })) {
      yield page.map(({ id, name, status, date_created: createdAt, date_modified: updatedAt }) =>
        workflow({
          id: `form/${id}`,
          name: name || id,
          platform: PLATFORM,
          state: states[status?.toLowerCase() ?? ''] ?? 'unknown',
          createdAt,
          updatedAt,
          links,
          graph: { steps: [], edges: [], triggers: [] },
          gaps: { graph: 'not-supported', versions: 'not-supported', attributions: 'not-supported' },
        }),
      );
    }
  }),
};
