import { z } from 'zod';
import {
  container,
  ifAllowed,
  listOf,
  operation,
  pagesOf,
  perParent,
  person,
  time,
  type Item,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { readAccount } from './account.ts';
import { paged, pagesOfSize, PLATFORM, type Config } from './config.ts';

const Team = z.object({ team_id: z.string(), name: z.string().nullish() });
/** The description says `team_members`, the vendor's own example `members`. */
const Members = z.object({
  team_members: listOf(
    z.object({ account_id: z.string(), email_address: z.string().nullish(), role: z.string().nullish() }),
  ).nullish(),
  ...paged,
});
type Member = NonNullable<z.output<typeof Members>['team_members']>[number];

const teamInfo = operation('GET /team/info', z.object({ team: Team }));
const subTeams = operation('GET /team/sub_teams/{team_id}', z.object({ sub_teams: listOf(Team), ...paged }));
const teamMembers = operation('GET /team/members/{team_id}', Members);
const invites = operation(
  'GET /team/invites',
  z.object({
    team_invites: listOf(
      z.object({
        email_address: z.string(),
        team_id: z.string().nullish(),
        redeemed_at: time(),
        expires_at: time(),
        sent_at: time(),
      }),
    ),
  }),
);

const team = ({ team_id: id, name }: z.output<typeof Team>): Item =>
  container({ id: `team/${id}`, name: name || id, type: 'team', platform: PLATFORM });

export const teams: Stream<Config> = {
  title: 'Teams',
  emits: ['container'],
  operations: [teamInfo, subTeams],
  requires: [{ scope: 'team admin', why: 'people are listed team by team' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { body } = await ctx.http.read(teamInfo);
    const root = body.team;
    const paging = pagesOfSize(ctx.config.pageSize);
    const ask = { params: { team_id: root.team_id } };
    for await (const page of pagesOf(ctx, subTeams, { ask, paging, elements: ({ sub_teams: found }) => found })) {
      const { items, ...rest } = page.map(team);
      // Every page of sub-teams is below the same team; telling it again changes nothing.
      yield { ...rest, items: [team(root), ...items] };
    }
  },
};

export const members: Stream<Config> = {
  title: 'Members of each team, with locked accounts',
  emits: ['person'],
  operations: [teamMembers, readAccount],
  requires: [{ scope: 'team admin', why: 'owners are looked for among them, and leavers are locked accounts' }],
  after: ['teams'],
  absence: 'means-gone',
  pages: (ctx) =>
    perParent(ctx, 'container', async function* (parent, inner): AsyncGenerator<Page> {
      const id = /^team\/(.+)$/.exec(parent.id)?.[1];
      if (id === undefined) return;
      const paging = pagesOfSize(ctx.config.pageSize);
      const options = {
        ask: { params: { team_id: id } },
        paging,
        elements: (body: z.output<typeof Members>) => body.team_members ?? [],
      };
      for await (const page of pagesOf(inner, teamMembers, options)) {
        const { items, ...rest } = page.map(member(parent.name));
        yield { ...rest, items: await Promise.all(items.map((item) => withStatus(item as Item<'person'>, inner))) };
      }
    }),
};

const member =
  (teamName: string) =>
  ({ account_id: id, email_address: email, role }: Member): Item<'person'> =>
    person({
      id,
      name: email || id,
      emails: email ? [email] : [],
      status: 'unknown',
      admin: role === undefined || role === null ? undefined : /admin/i.test(role),
      teams: [teamName],
      gaps: { lastUsedAt: 'not-supported' },
    });

/** Only the account itself says whether it is locked. */
async function withStatus(item: Item<'person'>, ctx: StreamContext<Config>): Promise<Item<'person'>> {
  const { record } = item;
  const answer = await ifAllowed(ctx, record.name, () =>
    ctx.http.read(readAccount, { query: { account_id: record.id } }),
  );
  const locked = answer?.body.account.is_locked;
  if (typeof locked !== 'boolean') return item;
  return { ...item, record: { ...record, status: locked ? 'suspended' : 'active' } };
}

export const invited: Stream<Config> = {
  title: 'Open invitations to the team',
  emits: ['person'],
  operations: [invites],
  requires: [{ scope: 'team admin', why: 'an invitation that nobody took up is an account in waiting' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const paging = { ask: () => ({}), next: () => undefined };
    for await (const page of pagesOf(ctx, invites, { paging, elements: ({ team_invites: found }) => found })) {
      yield page.map(({ email_address: email, sent_at: sentAt, redeemed_at: redeemedAt }) =>
        redeemedAt === undefined
          ? person({ id: `invite/${email}`, name: email, emails: [email], status: 'invited', createdAt: sentAt })
          : undefined,
      );
    }
  },
};
