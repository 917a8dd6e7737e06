import { z } from 'zod';
import { ifAllowed, operation, type StreamContext } from '../../src/sdk/index.ts';
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
 * on the screen, and may be another (https://developers.pandadoc.com/reference/list-members).
 */
export async function ownWorkspace(ctx: StreamContext<Config>): Promise<string | undefined> {
  const { body: me } = await ctx.http.read(readMyself);
  const params = { user_id: me.user_id };
  // Everything is read all the same; only which workspaces are not read cannot be told.
  const told: typeof ctx.blind = (subject, reason, detail) => ctx.blind(subject, reason, detail, 'expected');
  const read = () => ctx.http.read(readUser, { params });
  const answer = await ifAllowed({ blind: told }, 'which workspaces are not read', read);
  const memberships = answer?.body.workspaces ?? [];
  return memberships.find(({ membership_id: id }) => id && id === me.membership_id)?.workspace_id;
}
