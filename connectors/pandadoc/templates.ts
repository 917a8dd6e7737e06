import { z } from 'zod';
import {
  attributed,
  ifAllowed,
  listOf,
  operation,
  pagesOf,
  time,
  workflow,
  fitting,
  type Content,
  type Item,
  type Json,
  type RecordOf,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { pagesOfSize, PLATFORM, type Config } from './config.ts';
import { ofOneWorkspace, readMyself, readUser } from './myself.ts';

const Template = z.object({
  id: z.string(),
  name: z.string().nullish(),
  date_created: time(),
  date_modified: time(),
});
type Template = z.output<typeof Template>;

/** Prices, recipients and pictures are not ours to read; texts that people fill in may hold secrets. */
const Details = z.object({
  created_by: z.object({ id: z.string().nullish(), email: z.string().nullish() }).nullish(),
  /** Anything that its maker likes; it is searched and dropped. */
  metadata: z.unknown().optional(),
  tokens: z.array(z.object({ name: z.string().nullish(), value: z.string().nullish() })).nullish(),
  fields: z.array(z.unknown()).nullish(),
  tags: z.array(z.string()).nullish(),
  images: z.array(z.object({ urls: z.array(z.string()).nullish() })).nullish(),
});
type Details = z.output<typeof Details>;

const listTemplates = operation('GET /public/v1/templates', z.object({ results: listOf(Template) }));
const readDetails = operation('GET /public/v1/templates/{id}/details', Details);

export const templates: Stream<Config> = {
  title: 'Templates, who made them and what they hold',
  emits: ['workflow'],
  operations: [listTemplates, readDetails, readMyself, readUser],
  requires: [{ scope: 'workspace member', why: 'lists the templates that the member can see' }],
  absence: 'means-gone',
  pages: ofOneWorkspace(async function* (ctx, links) {
    const paging = pagesOfSize(ctx.config.pageSize);
    for await (const page of pagesOf(ctx, listTemplates, { paging, elements: ({ results }) => results })) {
      const { next } = page;
      const items = await Promise.all(fitting(ctx, page.elements).map((each) => templateItem(ctx, each, links)));
      yield { items, ...(next !== undefined && { next }) };
    }
  }),
};

async function templateItem(
  ctx: StreamContext<Config>,
  template: Template,
  links: NonNullable<RecordOf<'workflow'>['links']>,
): Promise<Item> {
  const { id, date_created: createdAt, date_modified: updatedAt } = template;
  const name = template.name || id;
  const answer = await ifAllowed(ctx, name, () => ctx.http.read(readDetails, { params: { id } }));
  const maker = answer?.body.created_by;
  return workflow({
    id: `template/${id}`,
    name,
    platform: PLATFORM,
    state: 'active',
    createdAt,
    updatedAt,
    links,
    tags: answer?.body.tags,
    graph: { steps: [], edges: [], triggers: [] },
    attributions: maker
      ? [attributed('created-by', { id: maker.id, email: maker.email }, 'creator-field', { evidence: 'created_by' })]
      : [],
    gaps: {
      graph: 'not-supported',
      versions: 'not-supported',
      sharedWith: 'not-supported',
      lastRunAt: 'not-supported',
      ...(answer === undefined && { attributions: 'denied' as const }),
    },
    contents: answer && textsOf(answer.body),
  });
}

function textsOf({ tokens, fields, metadata, images }: Details): Content[] {
  const addresses = images?.flatMap(({ urls }) => urls ?? []);
  const tree = JSON.parse(JSON.stringify({ tokens, fields, metadata, images: addresses })) as Json;
  return [{ place: 'definition', tree }];
}
