import { z } from 'zod';
import {
  SourceError,
  fitting,
  ifAllowed,
  link,
  listOf,
  operation,
  pagesOf,
  person,
  reference,
  time,
  type Item,
  type PersonStatus,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { inOnePage, paged, pagesOfSize, type Config } from './config.ts';

type Context = StreamContext<Config>;

const User = z.object({
  user_id: z.string(),
  email: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  is_organization_owner: z.boolean().nullish(),
  workspaces: z.array(z.object({ role: z.string().nullish(), workspace_id: z.string() })).nullish(),
});
type User = z.output<typeof User>;
const Member = z.object({
  user_id: z.string(),
  email: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  is_active: z.boolean().nullish(),
  role: z.string().nullish(),
  date_created: time(),
  date_modified: time(),
});
type Member = z.output<typeof Member>;

const { total } = paged;
const listUsers = operation('GET /public/v1/users', z.object({ results: listOf(User), total }));
const listMembers = operation('GET /public/v1/members', z.object({ results: listOf(Member) }));

/** Leavers are told by comparison: who is listed only when removed users are asked for has left. */
export const users: Stream<Config> = {
  title: 'Users of the organisation, removed ones included',
  emits: ['person'],
  operations: [listUsers, listMembers],
  requires: [{ scope: 'organisation admin', why: 'owners are looked for among all users, leavers among removed ones' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const left = await leaverIds(ctx);
    const blocked = await blockedIds(ctx);
    for await (const page of userPages(ctx, true)) yield page.map((user) => userItem(user, left, blocked));
  },
};

/** Says something where the users of the organisation are refused; it never overwrites what they say. */
export const members: Stream<Config> = {
  title: 'Members of the workspace that the key belongs to',
  emits: ['person'],
  operations: [listMembers],
  requires: [
    { scope: 'any member', why: 'it says who is blocked; without an administrator’s key nobody else is seen' },
  ],
  after: ['users'],
  absence: 'means-gone',
  async *pages(ctx) {
    const options = { paging: inOnePage, elements: ({ results }: { results: Member[] }) => results };
    for await (const page of pagesOf(ctx, listMembers, options)) yield page.map((each) => reference(memberItem(each)));
  },
};

const userPages = (ctx: Context, removed: boolean) =>
  pagesOf(ctx, listUsers, {
    ask: { query: { show_removed: removed } },
    paging: pagesOfSize(ctx.config.pageSize),
    elements: ({ results }) => results,
  });

/** Who is listed among all, and afterwards not among those who are here: whoever joins meanwhile is no leaver. */
async function leaverIds(ctx: Context): Promise<ReadonlySet<string>> {
  const everybody = await idsOf(ctx, true);
  return everybody.difference(await idsOf(ctx, false));
}

/** Lists of people change, and seldom twice in a few seconds. */
const ATTEMPTS = 3;

/**
 * Ids alone are held: one short text for each user. A list that changes between two pages leaves somebody out, who would
 * be taken for a leaver: it is read again.
 */
async function idsOf(ctx: Context, removed: boolean): Promise<ReadonlySet<string>> {
  // What does not fit, and whether the list keeps still, is told when its records are read.
  const quiet = { ...ctx, resume: undefined, blind: () => {} };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const ids = new Set<string>();
    const totals = new Set<number>();
    let listed = 0;
    for await (const { elements, body } of userPages(quiet, removed)) {
      for (const { user_id: id } of fitting(quiet, elements)) ids.add(id);
      listed += elements.length;
      if (typeof body?.total === 'number') totals.add(body.total);
    }
    if (totals.size === 0 || (totals.size === 1 && totals.has(listed))) return ids;
  }
  throw new SourceError('transient', 'the list of users changes whenever it is read: nobody can say who has left');
}

async function blockedIds(ctx: Context): Promise<ReadonlySet<string>> {
  const answer = await ifAllowed(ctx, 'who is blocked', () => ctx.http.read(listMembers));
  const blocked = answer?.body.results.filter(({ is_active: active }) => active === false) ?? [];
  return new Set(blocked.map(({ user_id: id }) => id));
}

function userItem(user: User, left: ReadonlySet<string>, blocked: ReadonlySet<string>): Item<'person'> {
  const { user_id: id, workspaces } = user;
  const status: PersonStatus = left.has(id) ? 'deprovisioned' : blocked.has(id) ? 'suspended' : 'active';
  return person({
    ...named(user),
    status,
    admin: administers(user),
    links: (workspaces ?? []).map(({ workspace_id: at }) => link('contained-in', 'container', `workspace/${at}`)),
  });
}

function memberItem(member: Member): Item<'person'> {
  const { is_active: active, role, date_created: createdAt, date_modified: updatedAt } = member;
  const status = active === undefined || active === null ? 'unknown' : active ? 'active' : 'suspended';
  return person({ ...named(member), status, admin: role ? isAdmin(role) : undefined, createdAt, updatedAt });
}

function named({ user_id: id, email, first_name: first, last_name: last }: User | Member) {
  const name = [first, last].filter(Boolean).join(' ');
  return {
    id,
    name: name || email || id,
    emails: email ? [email.toLowerCase()] : [],
    gaps: { lastUsedAt: 'not-supported' as const },
  };
}

function administers({ is_organization_owner: owner, workspaces }: User): boolean | undefined {
  if (owner === true || workspaces?.some(({ role }) => isAdmin(role)) === true) return true;
  return owner === false || workspaces ? false : undefined;
}

const isAdmin = (role: string | null | undefined): boolean =>
  /^(?:org(?:anization)? )?(?:admin|owner)$/i.test(role ?? '');
