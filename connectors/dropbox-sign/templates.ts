import { z } from 'zod';
import {
  listOf,
  operation,
  pagesOf,
  time,
  workflow,
  connection,
  attributed,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { paged, pagesOfSize, PLATFORM, type Config } from './config.ts';

const Account = z.object({ account_id: z.string().nullish(), email_address: z.string().nullish() });
const Template = z.object({
  template_id: z.string(),
  title: z.string().nullish(),
  message: z.string().nullish(),
  updated_at: time(),
  /** Anything that its maker likes; it is searched and dropped. */
  metadata: z.unknown().optional(),
  accounts: z.array(Account).nullish(),
});
const listTemplates = operation('GET /template/list', z.object({ templates: listOf(Template), ...paged }));
const listFaxLines = operation(
  'GET /fax_line/list',
  z.object({
    fax_lines: listOf(z.object({ number: z.string(), created_at: time(), accounts: z.array(Account).nullish() })),
    ...paged,
  }),
  { means: { 402: 'not-licensed', 403: 'not-licensed' } },
);
const listBulkJobs = operation(
  'GET /bulk_send_job/list',
  z.object({
    bulk_send_jobs: listOf(
      z.object({ bulk_send_job_id: z.string().nullish(), total: z.number().nullish(), created_at: time() }),
    ),
    ...paged,
  }),
  { means: { 402: 'not-licensed' } },
);

export const templates: Stream<Config> = {
  title: 'Templates of the whole team',
  emits: ['workflow'],
  operations: [listTemplates],
  requires: [{ scope: 'team admin', why: 'lists the templates of everybody' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const options = { ask: { query: { account_id: 'all' } }, paging: pagesOfSize(ctx.config.pageSize) };
    for await (const page of pagesOf(ctx, listTemplates, { ...options, elements: ({ templates: found }) => found })) {
      yield page.map(({ template_id: id, title, message, updated_at: updatedAt, metadata, accounts }) =>
        workflow({
          id: `template/${id}`,
          name: title || id,
          platform: PLATFORM,
          state: 'active',
          updatedAt,
          graph: { steps: [], edges: [], triggers: [] },
          sharedWith: accounts
            ? { reach: accounts.length > 1 ? 'some' : 'private', count: accounts.length }
            : undefined,
          gaps: {
            createdAt: 'not-supported',
            graph: 'not-supported',
            versions: 'not-supported',
            'owned-by': 'not-supported',
          },
          contents: [{ place: 'definition', tree: JSON.parse(JSON.stringify({ title, message, metadata })) }],
        }),
      );
    }
  },
};

export const faxLines: Stream<Config> = {
  title: 'Fax lines and who uses them',
  emits: ['connection'],
  operations: [listFaxLines],
  requires: [{ scope: 'Dropbox Fax', why: 'documents arrive there, too' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const options = { ask: { query: { show_team_lines: true } }, paging: pagesOfSize(ctx.config.pageSize) };
    for await (const page of pagesOf(ctx, listFaxLines, { ...options, elements: ({ fax_lines: found }) => found })) {
      yield page.map(({ number, created_at: createdAt, accounts }) =>
        connection({
          id: `fax/${number}`,
          name: `Fax line ${number}`,
          platform: PLATFORM,
          connector: 'fax',
          createdAt,
          subject: 'service',
          sharedWith: accounts
            ? { reach: accounts.length > 1 ? 'some' : 'private', count: accounts.length }
            : undefined,
          attributions: (accounts ?? []).map(({ account_id: id, email_address: email }) =>
            attributed('operated-by', { id, email }, 'platform-owner', { evidence: 'accounts' }),
          ),
        }),
      );
    }
  },
};

export const bulkSends: Stream<Config> = {
  title: 'Bulk sends of the last 90 days',
  emits: ['workflow'],
  operations: [listBulkJobs],
  requires: [],
  absence: 'means-nothing',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const paging = pagesOfSize(ctx.config.pageSize);
    for await (const page of pagesOf(ctx, listBulkJobs, { paging, elements: ({ bulk_send_jobs: found }) => found })) {
      yield page.map(({ bulk_send_job_id: id, created_at: createdAt }) =>
        // A job that was not given an id did not start.
        !id
          ? undefined
          : workflow({
              id: `bulk/${id}`,
              name: `Bulk send ${id}`,
              platform: PLATFORM,
              // It ran once; nothing starts it again.
              state: 'archived',
              createdAt,
              lastRunAt: createdAt,
              graph: { steps: [], edges: [], triggers: [] },
              gaps: { graph: 'not-supported', 'owned-by': 'not-supported' },
            }),
      );
    }
  },
};
