import { z } from 'zod';
import {
  attributed,
  listOf,
  operation,
  pagesOf,
  perParent,
  time,
  workflow,
  type Audience,
  type Stream,
  type WorkflowState,
} from '../../src/sdk/index.ts';
import { as, byCursor, type Config, inAccount, PageInfo } from './config.ts';

const Template = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  creatorEmail: z.string().nullish(),
  sharingMode: z.string().nullish(),
  status: z.string().nullish(),
  modifiedDate: time(),
  hidden: z.boolean().nullish(),
});
type Template = z.output<typeof Template>;

const listTemplates = operation(
  'GET /libraryDocuments',
  z.object({ page: PageInfo, libraryDocumentList: listOf(Template) }),
);

/** What is shared is listed for many users: a record holds nothing but what is the same in every list. */
export const library: Stream<Config> = {
  title: 'Library documents (templates) of every user',
  emits: ['workflow'],
  operations: [listTemplates],
  requires: [{ scope: 'library_read:account', why: 'agreements are prepared from them; it says who made them' }],
  after: ['users'],
  absence: 'means-gone',
  pages: (context) =>
    perParent(context, 'person', async function* (user, ctx) {
      for await (const page of pagesOf(ctx, listTemplates, {
        ask: { ...as(user), query: { showHiddenLibraryDocuments: true, pageSize: ctx.config.pageSize } },
        paging: byCursor(),
        elements: (body) => body.libraryDocumentList,
      })) {
        yield page.map((template) => workflowOf(template));
      }
    }),
};

const states: { readonly [status: string]: WorkflowState } = {
  ACTIVE: 'active',
  AUTHORING: 'draft',
  REMOVED: 'archived',
};
const reaches: { readonly [mode: string]: Audience['reach'] } = {
  USER: 'private',
  GROUP: 'some',
  ACCOUNT: 'everyone',
  GLOBAL: 'public',
};

function workflowOf(template: Template) {
  const reach = reaches[template.sharingMode ?? ''];
  return workflow({
    id: `library/${template.id}`,
    name: template.name || template.id,
    state: states[template.status ?? ''] ?? 'unknown',
    ...inAccount,
    updatedAt: template.modifiedDate,
    sharedWith: reach && { reach },
    tags: template.hidden === true ? ['hidden'] : [],
    attributions: [
      attributed('owned-by', { email: template.creatorEmail }, 'creator-field', { evidence: 'creatorEmail' }),
    ],
    graph: { steps: [], edges: [], triggers: [] },
    gaps: {
      graph: 'not-supported',
      versions: 'not-supported',
      'reviewed-by': 'not-supported',
      lastRunAt: 'not-supported',
      createdAt: 'not-seen',
    },
  });
}
