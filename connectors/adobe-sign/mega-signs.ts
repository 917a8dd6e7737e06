import { z } from 'zod';
import {
  attributed,
  ifAllowed,
  listOf,
  operation,
  time,
  workflow,
  type Item,
  type Stream,
  type WorkflowState,
} from '../../src/sdk/index.ts';
import { as, type Config, inAccount, PageInfo } from './config.ts';
import { perUser } from './per-user.ts';

const Listed = z.object({ id: z.string().min(1), name: z.string().nullish(), status: z.string().nullish() });
type Listed = z.output<typeof Listed>;

const listMegaSigns = operation('GET /megaSigns', z.object({ page: PageInfo, megaSignList: listOf(Listed) }));
const readMegaSign = operation(
  'GET /megaSigns/{megaSignId}',
  z.object({ senderEmail: z.string().nullish(), createdDate: time(), message: z.string().nullish() }),
);
type Detail = z.output<(typeof readMegaSign)['answer']>;

/** What is over is history, not something that acts. */
const over = new Set(['COMPLETED', 'CANCELLED', 'ARCHIVED', 'EXPIRED']);

/** As the user sees it in whose name it is listed: who has to sign it themselves has sent it, too. */
const states: { readonly [status: string]: WorkflowState } = {
  IN_PROCESS: 'active',
  WAITING_FOR_MY_SIGNATURE: 'active',
  WAITING_FOR_AUTHORING: 'draft',
  WAITING_FOR_PREFILL: 'draft',
};

export const megaSigns: Stream<Config> = {
  title: 'Bulk sends (MegaSign) that are under way',
  emits: ['workflow'],
  operations: [listMegaSigns, readMegaSign],
  requires: [{ scope: 'agreement_read:account', why: 'it says in whose name agreements go out by the hundred' }],
  after: ['users'],
  absence: 'means-gone',
  pages: (context) =>
    perUser(context, {
      operation: listMegaSigns,
      elements: (body) => body.megaSignList,
      async map(send, user, ctx) {
        if (over.has(send.status ?? '')) return [];
        const ask = { ...as(user), params: { megaSignId: send.id } };
        const detail = await ifAllowed(ctx, send.name || send.id, () => ctx.http.read(readMegaSign, ask));
        return detail ? [workflowOf(send, detail.body)] : [];
      },
    }),
};

function workflowOf({ id, name, status }: Listed, { senderEmail, createdDate, message }: Detail): Item {
  return workflow({
    id: `mega-sign/${id}`,
    name: name || id,
    state: states[status ?? ''] ?? 'unknown',
    ...inAccount,
    createdAt: createdDate,
    tags: ['bulk-send'],
    sender: senderEmail ? { email: senderEmail.toLowerCase() } : undefined,
    attributions: [attributed('owned-by', { email: senderEmail }, 'creator-field', { evidence: 'senderEmail' })],
    graph: { steps: [], edges: [], triggers: [] },
    gaps: { graph: 'not-supported', versions: 'not-supported', 'reviewed-by': 'not-supported' },
    contents: [{ place: 'definition', tree: { message: message ?? '' } }],
  });
}
