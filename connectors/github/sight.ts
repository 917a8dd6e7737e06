import { operation, unlessRefused } from '../../src/sdk/index.ts';
import { getOrganisation } from './access.ts';
import type { Context } from './config.ts';
import { membership, selection, teams } from './schema.ts';

export const listTeams = operation('GET /orgs/{org}/teams', teams);
const getMembership = operation('GET /user/memberships/orgs/{org}', membership);
const listInstalled = operation('GET /installation/repositories', selection);

/** What is asked to know whether lists are whole: GitHub leaves out what a credential may not see, and says nothing. */
export const sightAsk = [listTeams, getMembership, getOrganisation, listInstalled] as const;

const TO_OWNERS = 'the token is not shown to be that of an owner of the organisation, who alone see';
const doubts = {
  // https://docs.github.com/rest/orgs/members#list-organization-members
  members:
    'GitHub shows the public members alone to whoever is none; the token’s owner has to be a member, and an App or a fine-grained token needs members:read',
  // https://docs.github.com/rest/teams/teams#list-teams
  teams: `${TO_OWNERS} secret teams of others`,
  collaborators: `${TO_OWNERS} all outside collaborators`,
};

/** Says so where the list of these may be a part: somebody who is not on it any more may still be there. */
export async function doubtUnlessWhole(ctx: Context, list: keyof typeof doubts): Promise<void> {
  if (!(await isWhole(ctx, list))) ctx.doubt(doubts[list]);
}

async function isWhole(ctx: Context, list: keyof typeof doubts): Promise<boolean> {
  const params = { org: ctx.config.organisation };
  if (ctx.config.app === undefined) {
    const { role } = await membershipOf(ctx);
    return role === 'admin' || (list === 'members' && role === 'member');
  }
  // Without members:read an App is refused the other two, and given the public part of the members.
  if (list !== 'members') return true;
  const answer = await unlessRefused(() => ctx.http.read(listTeams, { params, query: { per_page: 1 } }));
  return answer !== undefined;
}

/** Why the list of repositories may be a part; with how many private ones there are, where GitHub counts them for us. */
export async function sightOfRepositories(ctx: Context): Promise<{ doubt?: string; all?: number }> {
  if (ctx.config.app !== undefined) {
    const answer = await unlessRefused(() => ctx.http.read(listInstalled, { query: { per_page: 1 } }));
    if (answer?.body.repository_selection === 'all') return {};
    return { doubt: 'the App is not installed for all repositories of the organisation: install it for all' };
  }
  const { role, scopes } = await membershipOf(ctx);
  if (role === 'admin' && scopes?.includes('repo') === true) return {};
  const { body } = await ctx.http.read(getOrganisation, { params: { org: ctx.config.organisation } });
  const doubt =
    'the token is not shown to reach all repositories: it has to be that of an owner of the organisation, with the scope repo or for all repositories';
  return { doubt, ...(typeof body.total_private_repos === 'number' && { all: body.total_private_repos }) };
}

/** The role of the token's owner, if that is a member, and the token's scopes, if it is a classic one. */
async function membershipOf({ config, http }: Context): Promise<{ role?: string; scopes?: readonly string[] }> {
  const params = { org: config.organisation };
  const answer = await unlessRefused(() => http.read(getMembership, { params }));
  if (answer?.body.state !== 'active') return {};
  const scopes = answer.headers.get('x-oauth-scopes')?.split(/,\s*/);
  return { role: answer.body.role, ...(scopes && { scopes }) };
}
