import { z } from 'zod';
import { literalTarget } from '../../src/formats/hosts.ts';
import {
  attributed,
  endpoint,
  ifAllowed,
  ifAllowedOfEach,
  link,
  listOf,
  operation,
  time,
  workflow,
  type Authentication,
  type Item,
  type Stream,
  type WorkflowState,
} from '../../src/sdk/index.ts';
import { as, type Config, inAccount, PageInfo } from './config.ts';
import { Events, eventsIn, partsIn, type Event } from './events.ts';
import { perUser } from './per-user.ts';

/** The code to embed and the secondary password of documents come with the answers; they are not read. */
const Listed = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  status: z.string().nullish(),
  url: z.string().nullish(),
  modifiedDate: time(),
});
type Listed = z.output<typeof Listed>;

const listWidgets = operation('GET /widgets', z.object({ page: PageInfo, userWidgetList: listOf(Listed) }));

const Address = z.object({ url: z.string().nullish() }).nullish();
const Member = z.object({ securityOption: z.object({ authenticationMethod: z.string().nullish() }).nullish() });
const readWidget = operation(
  'GET /widgets/{widgetId}',
  z.object({
    creatorEmail: z.string().nullish(),
    createdDate: time(),
    completionInfo: Address,
    authFailureInfo: Address,
    fileInfos: z.array(z.object({ urlFileInfo: Address })).nullish(),
    widgetParticipantSetInfo: z.object({ memberInfos: z.array(Member).nullish() }).nullish(),
  }),
);
type Detail = z.output<(typeof readWidget)['answer']>;

const listEvents = operation('GET /widgets/{widgetId}/events', Events);

export const widgets: Stream<Config> = {
  title: 'Web forms (widgets) of every user, and who changed and opened them',
  emits: ['workflow', 'endpoint'],
  operations: [listWidgets, readWidget, listEvents],
  requires: [{ scope: 'widget_read:account', why: 'each is an address at which anybody can start an agreement' }],
  after: ['users'],
  absence: 'means-gone',
  pages(context) {
    const askWho = ifAllowedOfEach(context, 'who changed and opened web forms');
    return perUser(context, {
      operation: listWidgets,
      query: { showHiddenWidgets: true },
      elements: (body) => body.userWidgetList,
      async map(widget, user, ctx) {
        const ask = { ...as(user), params: { widgetId: widget.id } };
        const name = widget.name || widget.id;
        const detail = await ifAllowed(ctx, name, () => ctx.http.read(readWidget, ask));
        if (!detail) return [];
        // Whoever opened what is closed again opened nothing.
        const open = widget.status === 'ACTIVE';
        const events = open ? await askWho(() => ctx.http.read(listEvents, ask)) : undefined;
        return recordsOf(widget, detail.body, events && eventsIn(events.body, name, ctx));
      },
    });
  },
};

const states: { readonly [status: string]: WorkflowState } = {
  ACTIVE: 'active',
  DISABLED: 'inactive',
  AUTHORING: 'draft',
  DRAFT: 'draft',
};

function recordsOf(widget: Listed, detail: Detail, events: readonly Event[] | undefined): Item[] {
  const id = `widget/${widget.id}`;
  const authentication = authenticationOf(detail);
  const common = {
    id,
    name: widget.name || widget.id,
    state: states[widget.status ?? ''] ?? ('unknown' as const),
    ...inAccount,
    createdAt: detail.createdDate,
  };
  const flow = workflow({
    ...common,
    updatedAt: widget.modifiedDate,
    attributions: [
      attributed('owned-by', { email: detail.creatorEmail }, 'creator-field', { evidence: 'creatorEmail' }),
      ...partsIn(events ?? []),
    ],
    graph: {
      steps: [{ id: 'form', label: common.name, connector: 'adobe-sign-web-form', role: 'source' }],
      edges: [],
      triggers: [{ step: 'form', kind: 'form', authentication }],
    },
    gaps: {
      'reviewed-by': 'not-supported',
      versions: 'not-supported',
      lastRunAt: 'not-supported',
      ...(events === undefined && { 'published-by': 'not-seen' }),
    },
    contents: [{ place: 'definition', tree: addressesOf(detail) }],
  });
  const target = literalTarget(widget.url ?? undefined);
  const door = endpoint({
    ...common,
    direction: 'inbound',
    type: 'form',
    authentication,
    host: target?.host,
    scheme: target?.scheme,
    // The platform counts nothing here: an active form is open until somebody closes it.
    usesLeft: 'unlimited',
    links: [...common.links, link('contained-in', 'workflow', id)],
    gaps: { lastUsedAt: 'not-supported', ...(target === undefined && { host: 'not-seen' }) },
  });
  return [flow, door];
}

/** How whoever opens the form proves who they are; a password or code is set for all who come. */
function authenticationOf({ widgetParticipantSetInfo }: Detail): Authentication {
  const methods = (widgetParticipantSetInfo?.memberInfos ?? []).map(
    ({ securityOption }) => securityOption?.authenticationMethod ?? 'NONE',
  );
  if (methods.every((method) => method === 'NONE')) return 'none';
  return methods.every((method) => method === 'ADOBE_SIGN' || method === 'WEB_IDENTITY') ? 'session' : 'unknown';
}

/** Where people and files are fetched from and sent to, for the search for secrets. */
function addressesOf({ completionInfo, authFailureInfo, fileInfos }: Detail) {
  return {
    completion: completionInfo?.url ?? '',
    authenticationFailure: authFailureInfo?.url ?? '',
    files: (fileInfos ?? []).flatMap(({ urlFileInfo }) => urlFileInfo?.url ?? []),
  };
}
