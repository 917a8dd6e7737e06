import { z } from 'zod';
import { ifAllowed, link, operation, SourceError, type Stream, type StreamContext } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';

export const readMyself = operation(
  'GET /public/v1/members/current',
  z.object({
    user_id: z.string(),
    membership_id: z.string().nullish(),
    email: z.string().nullish(),
    workspace: z.string().nullish(),
    workspace_name: z.string().nullish(),
  }),
);

export const readUser = operation(
  'GET /public/v1/users/{user_id}',
  z.object({
    workspaces: z.array(z.object({ workspace_id: z.string(), membership_id: z.string().nullish() })).nullish(),
  }),
);

/**
 * The workspace that the key belongs to, by the membership that it acts with: `workspace` is the one that its user has
 * on the screen, and may be another (https://developers.pandadoc.com/reference/list-members). Told to administrators of
 * the organisation alone.
 */
export async function ownWorkspace(ctx: StreamContext<Config>): Promise<string | undefined> {
  const { body: me } = await ctx.http.read(readMyself);
  const read = () => ctx.http.read(readUser, { params: { user_id: me.user_id } });
  const answer = await ifAllowed(ctx, 'the workspace of the key', read);
  const memberships = answer?.body.workspaces ?? [];
  return memberships.find(({ membership_id: id }) => id && id === me.membership_id)?.workspace_id;
}

type Pages = (ctx: StreamContext<Config>, place: ReturnType<typeof inWorkspace>) => ReturnType<Stream<Config>['pages']>;

/**
 * Pages of what belongs to the workspace of the key. A key is made in one workspace: with one of another, everything
 * of the first would count as gone.
 */
export function ofOneWorkspace(pages: Pages): Stream<Config>['pages'] {
  return async function* (ctx) {
    // Whoever may not know it is told so with the workspaces.
    const own = await ownWorkspace({ ...ctx, blind: () => {} });
    if (own !== undefined) await refuseAnother(ctx, own);
    yield* pages(ctx, inWorkspace(own));
  };
}

function inWorkspace(own: string | undefined) {
  return own === undefined ? [] : [link('contained-in', 'container', `workspace/${own}`)];
}

async function refuseAnother(ctx: StreamContext<Config>, own: string): Promise<void> {
  for await (const { links = [] } of ctx.parents('workflow')) {
    const places = links.filter(({ rel, kind }) => rel === 'contained-in' && kind === 'container');
    if (places.every(({ id }) => id === `workspace/${own}`)) continue;
    const detail = `the key belongs to workspace ${own}, and what this source has read is in another: give the key of that workspace, or an id of its own to a source for this one`;
    throw new SourceError('config', detail);
  }
}
