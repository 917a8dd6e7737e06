import { z } from 'zod';
import {
  attributed,
  listOf,
  operation,
  pagesOf,
  workflow,
  time,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';
import { doubtUnlessAdministrator } from './sight.ts';
import { listSharing, templateSharing, type Sharing } from './sharing.ts';
import { flag, listed, place, positions } from './words.ts';

const User = z.object({ userId: z.string().nullish(), email: z.string().nullish(), userName: z.string().nullish() });
const Field = z.object({ name: z.string().nullish(), value: z.string().nullish() });

/** Passwords and recipients' access codes come with the answer; they are not read. */
const Template = z.object({
  templateId: z.string().min(1),
  name: z.string().nullish(),
  description: z.string().nullish(),
  emailSubject: z.string().nullish(),
  emailBlurb: z.string().nullish(),
  created: time(),
  lastModified: time(),
  lastUsed: time(),
  owner: User.nullish(),
  lastModifiedBy: User.nullish(),
  shared: flag(),
  folderName: z.string().nullish(),
  customFields: z
    .object({ textCustomFields: z.array(Field).nullish(), listCustomFields: z.array(Field).nullish() })
    .nullish(),
});
type Template = z.output<typeof Template>;

const listTemplates = operation(
  'GET /v2.1/accounts/{accountId}/templates',
  z.object({ envelopeTemplates: listOf(Template).nullish(), ...place }),
);

export const templates: Stream<Config> = {
  title: 'Templates, and with whom they are shared',
  emits: ['workflow'],
  operations: [listTemplates, listSharing],
  requires: [{ scope: 'signature', why: 'agreements are prepared from them; their texts may hold secrets' }],
  joins: ['users'],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { accountId } = ctx.config;
    await doubtUnlessAdministrator(ctx);
    const sharing = await templateSharing(ctx);
    for await (const page of pagesOf(ctx, listTemplates, {
      ask: { params: { accountId }, query: { include: 'folders,custom_fields' } },
      paging: positions(ctx.config.pageSize),
      elements: (body) => listed(body.envelopeTemplates, body.totalSetSize),
    })) {
      yield page.map((template) => workflowOf(template, sharing?.get(template.templateId), ctx.config));
    }
  },
};

function workflowOf(template: Template, sharing: Sharing | undefined, config: Config) {
  const { owner, lastModifiedBy: editor } = template;
  const { links, platform } = inAccount(config);
  return workflow({
    id: `template/${template.templateId}`,
    name: template.name || template.templateId,
    // A template that is listed can be sent from; deleted ones are in another folder.
    state: 'active',
    platform,
    links: [...links, ...(sharing?.links ?? [])],
    createdAt: template.created,
    updatedAt: template.lastModified,
    lastRunAt: template.lastUsed,
    sharedWith:
      sharing?.audience ??
      (template.shared === undefined ? undefined : { reach: template.shared ? 'some' : 'private' }),
    tags: template.folderName ? [template.folderName] : [],
    attributions: [
      attributed('owned-by', hintOf(owner), 'platform-owner', { evidence: 'owner' }),
      attributed('edited-by', hintOf(editor), 'editor-field', {
        at: template.lastModified,
        evidence: 'lastModifiedBy',
      }),
    ],
    graph: { steps: [], edges: [], triggers: [] },
    gaps: { graph: 'not-supported', versions: 'not-supported', 'reviewed-by': 'not-supported' },
    contents: [{ place: 'definition', tree: textsOf(template) }],
  });
}

function hintOf(user: Template['owner']) {
  return { id: user?.userId, email: user?.email, name: user?.userName };
}

/** What people write into a template, for the search for secrets. */
function textsOf({ description, emailSubject, emailBlurb, customFields }: Template) {
  const fields = [...(customFields?.textCustomFields ?? []), ...(customFields?.listCustomFields ?? [])];
  return {
    description: description ?? '',
    emailSubject: emailSubject ?? '',
    emailBlurb: emailBlurb ?? '',
    customFields: fields.map(({ name, value }) => ({ name: name ?? '', value: value ?? '' })),
  };
}
