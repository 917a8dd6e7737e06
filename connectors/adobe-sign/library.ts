import { z } from 'zod';
import {
  attributed,
  ifAllowedOfEach,
  listOf,
  operation,
  SourceError,
  time,
  workflow,
  type Audience,
  type Person,
  type Stream,
  type StreamContext,
  type WorkflowState,
} from '../../src/sdk/index.ts';
import { as, type Config, inAccount, PageInfo } from './config.ts';
import { Events, eventsIn, latest, partsIn, type Event } from './events.ts';
import { perUser } from './per-user.ts';

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

const listEvents = operation('GET /libraryDocuments/{libraryDocumentId}/events', Events);

export const library: Stream<Config> = {
  title: 'Library documents (templates) of every user, and who changed those that are shared',
  emits: ['workflow'],
  operations: [listTemplates, listEvents],
  requires: [{ scope: 'library_read:account', why: 'agreements are prepared from them; it says who made them' }],
  after: ['users'],
  absence: 'means-gone',
  pages(context) {
    // What is shared is listed for many users, and is asked about once: in the list of this one, however often it is read.
    const listedFor = new Map<string, string>();
    const ask = ifAllowedOfEach(context, 'who changed templates');
    return perUser(context, {
      operation: listTemplates,
      query: { showHiddenLibraryDocuments: true },
      elements: (body) => body.libraryDocumentList,
      async map(template, user, ctx) {
        if ((listedFor.get(template.id) ?? user.id) !== user.id) return [];
        listedFor.set(template.id, user.id);
        // Nobody but its maker changes one that is private, and who changed the platform's own is not for us to see.
        const shared = template.sharingMode === 'GROUP' || template.sharingMode === 'ACCOUNT';
        const answer =
          shared && template.status === 'ACTIVE' ? await ask(() => readEvents(template, user, ctx)) : undefined;
        return [workflowOf(template, answer && eventsIn(answer.body, template.name || template.id, ctx))];
      },
    });
  },
};

/** Asked for in the name of its maker; of one who has left, or works elsewhere, in the name of whoever has it too. */
async function readEvents({ id, creatorEmail: maker }: Template, user: Person, { http }: StreamContext<Config>) {
  const read = (who: Parameters<typeof as>[0]) =>
    http.read(listEvents, { ...as(who), params: { libraryDocumentId: id } });
  if (!maker || !PLAIN.test(maker) || user.emails?.includes(maker.toLowerCase()) === true) return read(user);
  try {
    return await read({ email: maker });
  } catch (problem) {
    if (problem instanceof SourceError && problem.kind === 'permission') return read(user);
    throw problem;
  }
}

/** What a header can carry. */
const PLAIN = /^[\x21-\x7e]+$/;

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

function workflowOf(template: Template, events: readonly Event[] | undefined) {
  const reach = reaches[template.sharingMode ?? ''];
  const createdAt = latest(events ?? [], 'CREATED')?.date;
  return workflow({
    id: `library/${template.id}`,
    name: template.name || template.id,
    state: states[template.status ?? ''] ?? 'unknown',
    ...inAccount,
    createdAt,
    updatedAt: template.modifiedDate,
    sharedWith: reach && { reach },
    tags: template.hidden === true ? ['hidden'] : [],
    attributions: [
      attributed('owned-by', { email: template.creatorEmail }, 'creator-field', { evidence: 'creatorEmail' }),
      ...partsIn(events ?? []),
    ],
    graph: { steps: [], edges: [], triggers: [] },
    gaps: {
      graph: 'not-supported',
      versions: 'not-supported',
      'reviewed-by': 'not-supported',
      lastRunAt: 'not-supported',
      ...(createdAt === undefined && { createdAt: 'not-seen' }),
    },
  });
}
