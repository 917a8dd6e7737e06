import type { z } from 'zod';
import {
  fitting,
  ifAllowed,
  listOf,
  operation,
  pagesOf,
  perParent,
  type Operation,
  type RecordOf,
} from '../../src/sdk/index.ts';
import { cursorPages, listed, pageOf, type Cut } from './answers.ts';
import { Request, Resolution, type Told } from './app-item.ts';
import type { Context } from './config.ts';

export const listApproved = operation(
  'GET /admin.apps.approved.list',
  pageOf({ approved_apps: listOf(Resolution).nullish() }),
);
export const listRestricted = operation(
  'GET /admin.apps.restricted.list',
  pageOf({ restricted_apps: listOf(Resolution).nullish() }),
);
export const listRequests = operation(
  'GET /admin.apps.requests.list',
  pageOf({ app_requests: listOf(Request).nullish() }),
);

/** What the organisation and its workspaces said about apps. */
export interface Decisions {
  /** By app: one word for each list and place that names it. */
  apps: ReadonlyMap<string, readonly Told[]>;
  /** Whether Slack let us see what is approved. */
  approvalsRead: boolean;
}

/** Reads all lists of all places: what is said of one app is known at their end. */
export async function decisionsOf(ctx: Context): Promise<Decisions> {
  const words = new Map<string, Told>();
  const note = (told: Told): void => {
    const { verdict, place, said } = told;
    // A place that is asked twice says the same; the same app may be asked for twice.
    words.set([verdict, place, said.app.id, verdict === 'requested' ? said.id : ''].join(' '), told);
  };
  const [approvalsRead] = await Promise.all([
    everywhere(ctx, 'approved apps', async (place, inner) => {
      const elements = (body: Body<typeof listApproved>) => listed(body.approved_apps, 'approved_apps');
      for await (const said of each(inner, listApproved, place, [false, true], elements))
        note({ verdict: 'approved', place: place.id, said });
    }),
    everywhere(ctx, 'restricted apps', async (place, inner) => {
      const elements = (body: Body<typeof listRestricted>) => listed(body.restricted_apps, 'restricted_apps');
      for await (const said of each(inner, listRestricted, place, [false, true], elements))
        note({ verdict: 'restricted', place: place.id, said });
    }),
    everywhere(ctx, 'requested apps', async (place, inner) => {
      const elements = (body: Body<typeof listRequests>) => listed(body.app_requests, 'app_requests');
      for await (const said of each(inner, listRequests, place, [true], elements))
        note({ verdict: 'requested', place: place.id, said });
    }),
  ]);
  return { apps: Map.groupBy(words.values(), ({ said }) => said.app.id), approvalsRead };
}

type Body<O extends Operation> = z.output<O['answer']>;
interface Place {
  id: string;
  query: { enterprise_id: string } | { team_id: string };
}

/** Asks the organisation and each workspace; false where none of them lets us see that list. */
async function everywhere(
  ctx: Context,
  subject: string,
  read: (place: Place, ctx: Context) => Promise<void>,
): Promise<boolean> {
  let answered = false;
  await ifAllowed(ctx, subject, async () => {
    const places = perParent({ ...ctx, resume: undefined }, 'container', async function* (parent, inner) {
      await read(placeIn(parent), inner);
      answered = true;
      yield { items: [] };
    });
    for await (const _ of places);
  });
  return answered;
}

function placeIn({ id }: RecordOf<'container'>): Place {
  const [kind, own = ''] = id.split('/');
  return { id, query: kind === 'enterprise' ? { enterprise_id: own } : { team_id: own } };
}

/** Apps that Slack certified are on a list of their own, which nobody gets without asking for it. */
async function* each<B extends Cut, T>(
  ctx: Context,
  list: Operation<z.ZodType<B>>,
  { query }: Place,
  certified: readonly boolean[],
  elements: (body: B) => readonly T[],
): AsyncGenerator<T> {
  const paging = cursorPages(ctx.config.pageSize);
  for (const which of certified) {
    const ask = { query: { ...query, certified: which } };
    for await (const page of pagesOf(ctx, list, { ask, paging, elements })) yield* fitting(ctx, page.elements);
  }
}
