import {
  fitting,
  listOf,
  operation,
  pagesOf,
  perParent,
  reference,
  type Item,
  type Page,
  type Stream,
} from '../../src/sdk/index.ts';
import { authTest, placeOf } from './access.ts';
import { cursorPages, listed, pageOf } from './answers.ts';
import { botInfo, botItem } from './bots.ts';
import type { Config, Context } from './config.ts';
import { Member, memberItem } from './member.ts';

const listMembers = operation('GET /users.list', pageOf({ members: listOf(Member).nullish() }));

/** Slack's own assistant, which everybody has. */
const SLACKBOT = 'USLACKBOT';

export const members: Stream<Config> = {
  title: 'Members and bots of each workspace, deactivated ones included',
  emits: ['person', 'identity'],
  operations: [authTest, listMembers, botInfo],
  requires: [
    { scope: 'users:read', why: 'it lists people and bots' },
    { scope: 'users:read.email', why: 'people are joined across platforms by their e-mail address' },
  ],
  after: ['workspaces'],
  absence: 'means-gone',
  async *pages(ctx) {
    const { enterprise } = await placeOf(ctx);
    yield* perParent(ctx, 'container', async function* (parent, inner): AsyncGenerator<Page> {
      const team = /^team\/(.+)$/.exec(parent.id)?.[1];
      if (team === undefined) return;
      const options = {
        // Needed with the token of an organisation, ignored otherwise.
        ask: { query: { team_id: team } },
        paging: cursorPages(ctx.config.pageSize),
        elements: ({ members: found }: { members?: Member[] | null | undefined }) => listed(found, 'members'),
      };
      for await (const { elements, next } of pagesOf(inner, listMembers, options)) {
        const read = fitting(inner, elements).filter(({ id }) => id !== SLACKBOT);
        const items = await Promise.all(read.map((each) => itemOf(inner, each, team, enterprise !== undefined)));
        yield { items: items.filter((item) => item !== undefined), ...(next !== undefined && { next }) };
      }
    });
  },
};

async function itemOf(ctx: Context, member: Member, team: string, whole: boolean): Promise<Item | undefined> {
  if (member.is_bot === true) return botItem(ctx, member, team);
  // A member of several workspaces is listed by each; strangers belong to other organisations.
  if (!whole) return memberItem(member);
  return member.is_stranger === true ? reference(memberItem(member)) : undefined;
}
