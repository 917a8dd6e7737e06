import { z } from 'zod';
import {
  fitting,
  link,
  listOf,
  operation,
  perParent,
  time,
  workflow,
  type Stream,
  type WorkflowState,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';
import { groupIdOf } from './groups.ts';

const Automation = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  status: z.string().nullish(),
  scope: z.string().nullish(),
  scopeId: z.string().nullish(),
  created: time(),
});
type Automation = z.output<typeof Automation>;

const listWorkflows = operation('GET /workflows', z.object({ userWorkflowList: listOf(Automation) }));

/** Those of the account come with every group: a record holds nothing but what is the same in every list. */
export const workflows: Stream<Config> = {
  title: 'Workflows of the account and of every group, drafts and hidden ones included',
  emits: ['workflow'],
  operations: [listWorkflows],
  requires: [{ scope: 'workflow_read:account', why: 'they decide who signs what in which order' }],
  after: ['users', 'groups'],
  absence: 'means-gone',
  pages: (context) =>
    perParent(context, 'container', async function* (parent, ctx) {
      const query = { includeDraftWorkflows: true, includeInactiveWorkflows: true, groupId: groupIdOf(parent.id) };
      const { body } = await ctx.http.read(listWorkflows, { query });
      yield { items: fitting(ctx, body.userWorkflowList).map((each) => workflowOf(each)) };
    }),
};

/** One that is switched off is HIDDEN by the description’s list, and INACTIVE by its words. */
const states: { readonly [status: string]: WorkflowState } = {
  ACTIVE: 'active',
  DRAFT: 'draft',
  HIDDEN: 'inactive',
  INACTIVE: 'inactive',
};

function workflowOf(automation: Automation) {
  const { id, scope, scopeId } = automation;
  return workflow({
    id: `workflow/${id}`,
    name: automation.displayName || automation.name || id,
    state: states[automation.status ?? ''] ?? 'unknown',
    ...inAccount,
    createdAt: automation.created,
    sharedWith: scope === 'ACCOUNT' ? { reach: 'everyone' } : scope === 'GROUP' ? { reach: 'some' } : undefined,
    links: [
      ...inAccount.links,
      ...(scope === 'GROUP' && scopeId ? [link('contained-in', 'container', `group/${scopeId}`)] : []),
    ],
    graph: { steps: [], edges: [], triggers: [] },
    gaps: {
      attributions: 'not-supported',
      'reviewed-by': 'not-supported',
      'published-by': 'not-supported',
      graph: 'not-supported',
      versions: 'not-supported',
      updatedAt: 'not-supported',
      lastRunAt: 'not-supported',
    },
    contents: [{ place: 'definition', tree: { description: automation.description ?? '' } }],
  });
}
