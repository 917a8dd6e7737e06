import { z } from 'zod';
import {
  attributed,
  container,
  fitting,
  ifAllowed,
  link,
  listOf,
  operation,
  pagesOf,
  type Item,
  type Stream,
} from '../../src/sdk/index.ts';
import { authTest, placeOf } from './access.ts';
import { answer, cursorPages, listed, pageOf } from './answers.ts';
import { PLATFORM, type Config, type Context } from './config.ts';

const Info = z.object({
  id: z.string(),
  name: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  enterprise_name: z.string().nullish(),
  sso_provider: z.object({ type: z.string().nullish() }).nullish(),
});
type Info = z.output<typeof Info>;
const Team = z.object({
  id: z.string(),
  name: z.string().nullish(),
  discoverability: z.string().nullish(),
  primary_owner: z.object({ user_id: z.string().nullish(), email: z.string().nullish() }).nullish(),
});
type Team = z.output<typeof Team>;

const teamInfo = operation('GET /team.info', answer({ team: Info }));
const listTeams = operation('GET /admin.teams.list', pageOf({ teams: listOf(Team).nullish() }));

/** Everything else is read workspace by workspace. */
export const workspaces: Stream<Config> = {
  title: 'The workspace, or the organisation and its workspaces',
  emits: ['container'],
  operations: [authTest, teamInfo, listTeams],
  requires: [{ scope: 'team:read', why: 'apps and people belong to workspaces' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const { team, enterprise } = await placeOf(ctx);
    if (enterprise === undefined) {
      const { body } = await ctx.http.read(teamInfo);
      yield { items: [teamItem({ id: team, name: body.team.name }, body.team, undefined)] };
      return;
    }
    const options = {
      paging: cursorPages(Math.min(ctx.config.pageSize, 100)),
      elements: ({ teams }: { teams?: Team[] | null | undefined }) => listed(teams, 'teams'),
    };
    for await (const { elements, next } of pagesOf(ctx, listTeams, options)) {
      const teams = fitting(ctx, elements);
      const known = await Promise.all(teams.map((each) => infoOf(ctx, each)));
      const items = teams.map((each, n) => teamItem(each, known[n], enterprise));
      const name = known.find((info) => info?.enterprise_name)?.enterprise_name;
      yield { items: [organisation(enterprise, name), ...items], ...(next !== undefined && { next }) };
    }
  },
};

async function infoOf({ http, blind }: Context, { id, name }: Team): Promise<Info | undefined> {
  const answered = await ifAllowed({ blind }, name || id, () => http.read(teamInfo, { query: { team: id } }));
  return answered?.body.team;
}

const organisation = (id: string, name: string | null | undefined): Item =>
  container({ id: `enterprise/${id}`, name: name || id, type: 'organisation', platform: PLATFORM });

function teamItem(team: Team, info: Info | undefined, enterprise: string | undefined): Item {
  const { id, name, discoverability, primary_owner: owner } = team;
  return container({
    id: `team/${id}`,
    name: name || id,
    type: 'team',
    platform: PLATFORM,
    policies: {
      ...(discoverability && { discoverability }),
      ...(info && { 'single-sign-on': Boolean(info.sso_provider?.type) }),
    },
    attributions: owner
      ? [
          attributed('owned-by', { id: owner.user_id, email: owner.email }, 'platform-owner', {
            evidence: 'primary_owner',
          }),
        ]
      : [],
    links: enterprise === undefined ? [] : [link('contained-in', 'container', `enterprise/${enterprise}`)],
  });
}
