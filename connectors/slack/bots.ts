import { z } from 'zod';
import { identity, ifAllowed, link, operation, type Item } from '../../src/sdk/index.ts';
import { answer } from './answers.ts';
import { PLATFORM, type Context } from './config.ts';
import { appRecord } from './ids.ts';
import type { Member } from './member.ts';

export const botInfo = operation(
  'GET /bots.info',
  answer({ bot: z.object({ app_id: z.string().nullish(), deleted: z.boolean().nullish() }) }),
);

/**
 * A bot user of one workspace; asked about once more only where the list does not say which app it belongs to. A bot
 * that was deactivated belongs to none any more: workspaces keep more of these than of the others.
 */
export async function botItem(ctx: Context, bot: Member, team: string): Promise<Item<'identity'>> {
  const { id, deleted, updated, profile } = bot;
  const name = bot.real_name || profile?.real_name || bot.name || id;
  const asked = deleted === true ? undefined : profile?.bot_id;
  const app = profile?.api_app_id || (await appOf(ctx, asked, team, name));
  return identity({
    id: `bot/${team}/${id}`,
    name,
    type: 'bot',
    status: deleted === true ? 'disabled' : 'active',
    platform: PLATFORM,
    updatedAt: updated,
    tags: bot.is_workflow_bot === true ? ['workflow-bot'] : [],
    links: [
      link('granted-to', 'container', `team/${team}`),
      ...(app ? [link('uses', 'identity', appRecord(app))] : []),
    ],
    gaps: {
      createdAt: 'not-supported',
      lastUsedAt: 'not-supported',
      scopes: 'not-supported',
      attributions: 'not-supported',
    },
  });
}

async function appOf(
  { http, blind }: Context,
  bot: string | null | undefined,
  team: string,
  name: string,
): Promise<string | null | undefined> {
  if (!bot) return undefined;
  const answered = await ifAllowed({ blind }, name, () => http.read(botInfo, { query: { bot, team_id: team } }));
  return answered?.body.bot.app_id;
}
