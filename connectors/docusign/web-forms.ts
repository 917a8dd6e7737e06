import { z } from 'zod';
import {
  attributed,
  endpoint,
  link,
  listOf,
  operation,
  pagesOf,
  workflow,
  time,
  type Item,
  type Page,
  type PersonHint,
  type Stream,
  type StreamContext,
  type WorkflowState,
} from '../../src/sdk/index.ts';
import { type Config, inAccount, PLATFORM } from './config.ts';
import { doubtUnlessAdministrator } from './sight.ts';
import { listed, place, positions } from './words.ts';

const Somebody = z.object({ userId: z.string().nullish(), userName: z.string().nullish() }).nullish();

const Form = z.object({
  id: z.string().min(1),
  isPublished: z.boolean().nullish(),
  isEnabled: z.boolean().nullish(),
  formProperties: z
    .object({
      name: z.string().nullish(),
      isPrivateAccess: z.boolean().nullish(),
    })
    .nullish(),
  formMetadata: z
    .object({
      owner: Somebody,
      sender: Somebody,
      formContentModifiedBy: Somebody,
      lastPublishedBy: Somebody,
      createdDateTime: time(),
      archivedDateTime: time(),
      lastEnabledDateTime: time(),
      lastModifiedDateTime: time(),
      formContentModifiedDateTime: time(),
      lastPublishedDateTime: time(),
    })
    .nullish(),
});
type Form = z.output<typeof Form>;

const listForms = operation(
  'GET /v1.1/accounts/{accountId}/forms',
  z.object({ items: listOf(Form).nullish(), ...place }),
  { origin: 'web-forms', means: { 402: 'not-licensed', 404: 'not-licensed' } },
);

export const webForms: Stream<Config> = {
  title: 'Web Forms',
  emits: ['workflow', 'endpoint'],
  operations: [listForms],
  requires: [{ scope: 'webforms_read', why: 'only here the platform names owner, editor, publisher and sender apart' }],
  joins: ['users'],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    await doubtUnlessAdministrator(ctx);
    const { accountId } = ctx.config;
    for await (const page of pagesOf(ctx, listForms, {
      ask: { params: { accountId } },
      paging: positions(ctx.config.pageSize),
      elements: (body) => listed(body.items, body.totalSetSize),
    })) {
      yield page.map((form) => recordsOf(form, ctx.config));
    }
  },
};

function recordsOf(form: Form, config: Config): Item[] {
  const id = `web-form/${form.id}`;
  const name = form.formProperties?.name || form.id;
  const { formMetadata: meta } = form;
  const common = { name, state: stateOf(form), ...inAccount(config), createdAt: meta?.createdDateTime };
  const flow = workflow({
    ...common,
    id,
    updatedAt: meta?.lastModifiedDateTime,
    attributions: attributionsOf(meta),
    sender: hintOf(meta?.sender),
    graph: {
      steps: [{ id: 'form', label: name, connector: 'docusign-web-form', role: 'source' }],
      edges: [],
      triggers: [{ step: 'form', kind: 'form', authentication: accessOf(form) }],
    },
    gaps: { 'reviewed-by': 'not-supported', lastRunAt: 'not-supported', versions: 'not-supported' },
  });
  const door = endpoint({
    ...common,
    platform: PLATFORM,
    id,
    direction: 'inbound',
    type: 'form',
    authentication: accessOf(form),
    // The platform counts nothing here: a published form is open until somebody closes it.
    usesLeft: 'unlimited',
    links: [...common.links, link('contained-in', 'workflow', id)],
    gaps: { host: 'not-seen', lastUsedAt: 'not-supported' },
  });
  return [flow, door];
}

function stateOf({ isPublished, isEnabled, formMetadata: meta }: Form): WorkflowState {
  // It says when it was archived last: what was opened since is open again.
  const opened = Math.max(meta?.lastPublishedDateTime ?? 0, meta?.lastEnabledDateTime ?? 0);
  if (meta?.archivedDateTime !== undefined && meta.archivedDateTime >= opened) return 'archived';
  if (isPublished === false) return 'draft';
  if (isEnabled === false) return 'inactive';
  return isPublished === true && isEnabled === true ? 'active' : 'unknown';
}

/** A private form opens only with an instance token in its address, which an application asks for. */
function accessOf({ formProperties }: Form): 'none' | 'query' | 'unknown' {
  const { isPrivateAccess: closed } = formProperties ?? {};
  return closed === true ? 'query' : closed === false ? 'none' : 'unknown';
}

function attributionsOf(meta: Form['formMetadata']) {
  const part = (
    rel: 'owned-by' | 'edited-by' | 'published-by',
    field: 'owner' | 'formContentModifiedBy' | 'lastPublishedBy',
    at?: number,
  ) => {
    const basis = field === 'owner' ? 'platform-owner' : 'editor-field';
    return attributed(rel, hintOf(meta?.[field]) ?? {}, basis, { at, evidence: field });
  };
  return [
    part('owned-by', 'owner'),
    part('edited-by', 'formContentModifiedBy', meta?.formContentModifiedDateTime),
    part('published-by', 'lastPublishedBy', meta?.lastPublishedDateTime),
  ];
}

function hintOf(who: z.output<typeof Somebody>): PersonHint | undefined {
  const hint = { ...(who?.userId && { id: who.userId }), ...(who?.userName && { name: who.userName }) };
  return Object.keys(hint).length === 0 ? undefined : hint;
}
