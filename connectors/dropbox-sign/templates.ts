import { z } from 'zod';
import {
  listOf,
  operation,
  pagesOf,
  time,
  workflow,
  connection,
  attributed,
  type Basis,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { readAccount, tellUnlessWhole } from './account.ts';
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
  is_creator: z.boolean().nullish(),
});
type Template = z.output<typeof Template>;
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
      z.object({
        bulk_send_job_id: z.string().nullish(),
        total: z.number().nullish(),
        is_creator: z.boolean().nullish(),
        created_at: time(),
      }),
    ),
    ...paged,
  }),
  { means: { 402: 'not-licensed' } },
);

export const templates: Stream<Config> = {
  title: 'Templates of the whole team',
  emits: ['workflow'],
  operations: [listTemplates, readAccount],
  requires: [{ scope: 'team admin', why: 'lists the templates of everybody' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    await tellUnlessWhole(ctx);
    const { account: ours } = (await ctx.http.read(readAccount)).body;
    const options = { ask: { query: { account_id: 'all' } }, paging: pagesOfSize(ctx.config.pageSize) };
    for await (const page of pagesOf(ctx, listTemplates, { ...options, elements: ({ templates: found }) => found })) {
      yield page.map((template) => {
        const { template_id: id, title, message, updated_at: updatedAt, metadata, accounts } = template;
        const owner = ownerOf(template, ours);
        return workflow({
          id: `template/${id}`,
          name: title || id,
          platform: PLATFORM,
          state: 'active',
          updatedAt,
          graph: { steps: [], edges: [], triggers: [] },
          sharedWith: accounts
            ? { reach: accounts.length > 1 ? 'some' : 'private', count: accounts.length }
            : undefined,
          attributions: [owner],
          gaps: {
            createdAt: 'not-supported',
            graph: 'not-supported',
            versions: 'not-supported',
            ...(owner === undefined && { attributions: 'not-supported' as const }),
          },
          contents: [{ place: 'definition', tree: JSON.parse(JSON.stringify({ title, message, metadata })) }],
        });
      });
    }
  },
};

/**
 * The platform says of a template only whether we own it, and who may use it. Its owner always may: where nobody else
 * may, that is the owner, unless it is us, who were just said not to be.
 */
function ownerOf({ is_creator: ours, accounts }: Template, us: z.output<typeof Account>) {
  if (ours === true) return ownedBy(us, 'platform-owner', 'is_creator');
  const [only, ...others] = accounts ?? [];
  return only && others.length === 0 && only.account_id !== us.account_id
    ? ownedBy(only, 'container-owner', 'accounts')
    : undefined;
}

function ownedBy({ account_id: id, email_address: email }: z.output<typeof Account>, basis: Basis, evidence: string) {
  return attributed('owned-by', { id, email }, basis, { evidence });
}

export const faxLines: Stream<Config> = {
  title: 'Fax lines and who uses them',
  emits: ['connection'],
  operations: [listFaxLines, readAccount],
  requires: [{ scope: 'Dropbox Fax', why: 'documents arrive there, too' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    await tellUnlessWhole(ctx);
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
  operations: [listBulkJobs, readAccount],
  requires: [],
  absence: 'means-nothing',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { account: ours } = (await ctx.http.read(readAccount)).body;
    const paging = pagesOfSize(ctx.config.pageSize);
    for await (const page of pagesOf(ctx, listBulkJobs, { paging, elements: ({ bulk_send_jobs: found }) => found })) {
      yield page.map(({ bulk_send_job_id: id, created_at: createdAt, is_creator: byUs }) =>
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
              attributions: byUs === true ? [ownedBy(ours, 'platform-owner', 'is_creator')] : [],
              gaps: { graph: 'not-supported', ...(byUs !== true && { attributions: 'not-supported' as const }) },
            }),
      );
    }
  },
};
