import { z } from 'zod';
import {
  container,
  fitting,
  ifAllowed,
  link,
  listOf,
  operation,
  pagesOf,
  type Item,
  type Json,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { ofOurTeam, readAccount, tellUnlessWhole } from './account.ts';
import { paged, pagesOfSize, PLATFORM, type Config } from './config.ts';

const Team = z.object({ team_id: z.string(), name: z.string().nullish() });
const above = Team.nullish();
/** The description calls what stands above it `team_parent`, the vendor's own example `parent_team`. */
const Whole = Team.extend({ team_parent: above, parent_team: above });
const teamInfo = operation('GET /team/info', z.object({ team: Whole }));
const subTeams = operation('GET /team/sub_teams/{team_id}', z.object({ sub_teams: listOf(Team), ...paged }));

/** Every team that is known, and the one whose sub-teams are listed next, from which page on. */
interface Place {
  teams: string[];
  from: number;
  at?: Json;
}

export const teams: Stream<Config> = {
  title: 'Teams, with those below them at any depth',
  emits: ['container'],
  operations: [teamInfo, subTeams, readAccount],
  requires: [{ scope: 'team admin', why: 'people are listed team by team' }],
  absence: 'means-gone',
  pages,
};

async function* pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
  const place = ctx.resume as unknown as Place | undefined;
  const known = [...(place?.teams ?? [])];
  if (place === undefined) {
    const top = await highest(ctx);
    if (top === undefined) return tellUnlessWhole(ctx);
    known.push(top.team_id);
    yield { items: [teamOf(top)], next: { teams: [...known], from: 0 } };
  }
  let resume = place?.at;
  for (let from = place?.from ?? 0; from < known.length; from += 1) {
    const parent = known[from] ?? '';
    for await (const page of pagesOf({ ...ctx, resume }, subTeams, {
      ask: { params: { team_id: parent } },
      paging: pagesOfSize(ctx.config.pageSize),
      elements: ({ sub_teams: found }) => found,
    })) {
      // A team that is below itself would never end.
      const found = fitting(ctx, page.elements).filter(({ team_id: id }) => !known.includes(id));
      known.push(...found.map(({ team_id: id }) => id));
      const more = page.next !== undefined || from + 1 < known.length;
      const behind = page.next === undefined ? { from: from + 1 } : { from, at: page.next };
      yield {
        items: found.map((each) => teamOf(each, parent)),
        ...(more && { next: { teams: [...known], ...behind } }),
      };
    }
    resume = undefined;
  }
}

/**
 * The key belongs to somebody who may be in a team far down, or in none. What stands above and is not shown is a blind
 * spot.
 */
async function highest(ctx: StreamContext<Config>): Promise<z.output<typeof Team> | undefined> {
  const own = await ofOurTeam(ctx, () => ctx.http.read(teamInfo));
  if (own === undefined) return undefined;
  let { team } = own.body;
  const been = new Set([team.team_id]);
  for (;;) {
    const parent = team.team_parent ?? team.parent_team;
    if (!parent || been.has(parent.team_id)) return team;
    been.add(parent.team_id);
    const query = { team_id: parent.team_id };
    const answer = await ifAllowed(ctx, parent.name || parent.team_id, () => ctx.http.read(teamInfo, { query }));
    if (answer === undefined) return team;
    ({ team } = answer.body);
  }
}

function teamOf({ team_id: id, name }: z.output<typeof Team>, parent?: string): Item {
  return container({
    id: `team/${id}`,
    name: name || id,
    type: 'team',
    platform: PLATFORM,
    links: parent === undefined ? [] : [link('contained-in', 'container', `team/${parent}`)],
  });
}
