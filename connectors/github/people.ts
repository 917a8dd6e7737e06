import { operation, pagesOf, person, type Paging, type Stream } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { allOf, learnt, pages, wholePages } from './lists.ts';
import { provisionedUsers, users, type User } from './schema.ts';
import { doubtUnlessWhole, listTeams, sightAsk } from './sight.ts';

const listMembers = operation('GET /orgs/{org}/members', users);
const listOutsiders = operation('GET /orgs/{org}/outside_collaborators', users);
const listTeamMembers = operation('GET /orgs/{org}/teams/{team_slug}/members', users);
const listProvisioned = operation('GET /scim/v2/organizations/{org}/Users', provisionedUsers, {
  means: { 403: 'not-licensed', 404: 'not-licensed' },
});

const membersRead = { scope: 'members:read', orElse: ['read:org'] };

function account({ id, login, type }: User, more: { admin?: boolean; external?: boolean }) {
  return person({
    id,
    name: login,
    logins: [login],
    // Who is suspended or has left is on neither list.
    status: 'active',
    type: type === 'Bot' ? 'bot' : undefined,
    ...more,
    gaps: { emails: 'not-supported', lastUsedAt: 'not-supported' },
  });
}

const roles = ['admin', 'member'] as const;

export const members: Stream<Config> = {
  title: 'Members, owners marked',
  emits: ['person'],
  operations: [listMembers, ...sightAsk],
  requires: [{ ...membersRead, why: 'they answer for what they made; who is not on the list has left' }],
  absence: 'means-gone',
  async *pages(ctx) {
    await doubtUnlessWhole(ctx, 'members');
    const from = ctx.resume as { role: number; inner?: string } | undefined;
    for (const [position, role] of roles.entries()) {
      if (from !== undefined && position < from.role) continue;
      const resume = from?.role === position ? from.inner : undefined;
      const ask = { params: { org: ctx.config.organisation }, query: { role } };
      for await (const page of pages({ ...ctx, resume }, listMembers, ask, (body) => body)) {
        const read = page.map((user) => account(user, { admin: role === 'admin' }));
        const next = read.next === undefined ? { role: position + 1 } : { role: position, inner: read.next };
        yield position + 1 === roles.length && read.next === undefined ? read : { ...read, next };
      }
    }
  },
};

export const collaborators: Stream<Config> = {
  title: 'Outside collaborators',
  emits: ['person'],
  operations: [listOutsiders, ...sightAsk],
  requires: [{ ...membersRead, why: 'they reach repositories without being members' }],
  absence: 'means-gone',
  async *pages(ctx) {
    await doubtUnlessWhole(ctx, 'collaborators');
    const ask = { params: { org: ctx.config.organisation } };
    for await (const page of pages(ctx, listOutsiders, ask, (body) => body))
      yield page.map((user) => account(user, { external: true }));
  },
};

export const teams: Stream<Config> = {
  title: 'Teams and who is in them',
  emits: ['person'],
  operations: [listTeamMembers, ...sightAsk],
  requires: [{ ...membersRead, why: 'CODEOWNERS names teams, and a team is as present as its members' }],
  absence: 'means-gone',
  async *pages(ctx) {
    await doubtUnlessWhole(ctx, 'teams');
    const org = ctx.config.organisation;
    for await (const page of wholePages(ctx, listTeams, { params: { org } }, (body) => body)) {
      const inside = await learnt(page, ({ slug }) =>
        allOf(ctx, `members of ${slug}`, listTeamMembers, { params: { org, team_slug: slug } }, (body) => body),
      );
      yield page.map((team) => {
        const logins = inside.get(team)?.map(({ login }) => login);
        return person({
          id: `team/${team.id}`,
          name: team.name,
          type: 'group',
          status: 'active',
          logins: [`${org}/${team.slug}`],
          members: logins,
          url: team.html_url ?? undefined,
          gaps: logins === undefined ? { members: 'denied' } : {},
        });
      });
    }
  },
};

/** SCIM counts from 1 (RFC 7644 §3.4.2.4). */
const scim: Paging<{ totalResults: number }> = {
  ask: (cursor) => ({ query: { startIndex: typeof cursor === 'number' ? cursor : 1, count: 100 } }),
  total: ({ totalResults }) => totalResults,
  next: ({ body }, cursor, count) => {
    const reached = (typeof cursor === 'number' ? cursor : 1) + count;
    return count === 0 || reached > body.totalResults ? undefined : reached;
  },
};

export const provisioned: Stream<Config> = {
  title: 'Users that a directory provisions (SCIM), leavers included',
  emits: ['person'],
  operations: [listProvisioned],
  requires: [{ ...membersRead, why: 'it has e-mail addresses, and says who was deprovisioned', orElse: ['admin:org'] }],
  absence: 'means-gone',
  async *pages(ctx) {
    // The one type that SCIM obliges a server to give (RFC 7644 §3.8), and that GitHub describes.
    const headers = { accept: 'application/scim+json' };
    const ask = { params: { org: ctx.config.organisation }, headers };
    for await (const page of pagesOf(ctx, listProvisioned, { ask, paging: scim, elements: (body) => body.Resources }))
      yield page.map(({ id, userName, displayName, emails, active, meta }) =>
        person({
          id: `scim/${id}`,
          name: displayName ?? userName ?? id,
          status: active ? 'active' : 'deprovisioned',
          emails: emails.map(({ value }) => value.toLowerCase()),
          logins: userName === null || userName === undefined ? [] : [userName],
          createdAt: meta.created,
        }),
      );
  },
};
