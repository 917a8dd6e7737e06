import { z } from 'zod';
import {
  fitting,
  ifAllowed,
  listOf,
  operation,
  pagesOf,
  perParent,
  person,
  SourceError,
  time,
  type Item,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { ofOurTeam, readAccount, tellUnlessWhole } from './account.ts';
import { paged, pagesOfSize, type Config } from './config.ts';

const Member = z.object({ account_id: z.string(), email_address: z.string().nullish(), role: z.string().nullish() });
type Member = z.output<typeof Member>;
/** The description calls the list `team_members`, the vendor's own example `members`. */
const Members = z.object({ team_members: listOf(Member).nullish(), members: listOf(Member).nullish(), ...paged });

const teamMembers = operation('GET /team/members/{team_id}', Members);
const Invite = z.object({
  email_address: z.string(),
  role: z.string().nullish(),
  redeemed_at: time(),
  expires_at: time(),
  sent_at: time(),
});
type Invite = z.output<typeof Invite>;
const invites = operation('GET /team/invites', z.object({ team_invites: listOf(Invite) }));

export const members: Stream<Config> = {
  title: 'Members of each team, with locked accounts',
  emits: ['person'],
  operations: [teamMembers, readAccount],
  requires: [{ scope: 'team admin', why: 'owners are looked for among them, and leavers are locked accounts' }],
  after: ['teams'],
  absence: 'means-gone',
  pages,
};

async function* pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
  let inTeams = ctx.resume !== undefined;
  yield* perParent(ctx, 'container', async function* (parent, inner): AsyncGenerator<Page> {
    const id = /^team\/(.+)$/.exec(parent.id)?.[1];
    if (id === undefined) return;
    inTeams = true;
    const paging = pagesOfSize(ctx.config.pageSize);
    const options = { ask: { params: { team_id: id } }, paging, elements: membersIn };
    for await (const page of pagesOf(inner, teamMembers, options)) {
      const { items, ...rest } = page.map(member(parent.name));
      yield { ...rest, items: await Promise.all(items.map((item) => withStatus(item as Item<'person'>, inner))) };
    }
  });
  // Nobody lists the one person of an account that is in no team.
  if (!inTeams) yield { items: [await ourselves(ctx)] };
}

async function ourselves({ http }: StreamContext<Config>): Promise<Item> {
  const { account } = (await http.read(readAccount)).body;
  return withLock(member()(account), account.is_locked);
}

function membersIn({ team_members: described, members: shown }: z.output<typeof Members>): readonly Member[] {
  const found = described ?? shown;
  if (!found) throw new SourceError('schema', 'a page of members came without its list: the platform may have changed');
  return found;
}

const member =
  (teamName?: string) =>
  ({ account_id: id, email_address: email, role }: Member): Item<'person'> =>
    person({
      id,
      name: email || id,
      emails: email ? [email] : [],
      status: 'unknown',
      admin: administers(role),
      teams: teamName === undefined ? [] : [teamName],
      gaps: { lastUsedAt: 'not-supported' },
    });

function administers(role: string | null | undefined): boolean | undefined {
  return role === undefined || role === null ? undefined : /admin/i.test(role);
}

/** Only the account itself says whether it is locked. */
async function withStatus(item: Item<'person'>, ctx: StreamContext<Config>): Promise<Item<'person'>> {
  const { record } = item;
  const answer = await ifAllowed(ctx, record.name, () =>
    ctx.http.read(readAccount, { query: { account_id: record.id } }),
  );
  return withLock(item, answer?.body.account.is_locked);
}

function withLock(item: Item<'person'>, locked: boolean | null | undefined): Item<'person'> {
  if (typeof locked !== 'boolean') return item;
  return { ...item, record: { ...item.record, status: locked ? 'suspended' : 'active' } };
}

export const invited: Stream<Config> = {
  title: 'Open invitations to the team',
  emits: ['person'],
  operations: [invites, readAccount],
  requires: [{ scope: 'team admin', why: 'an invitation that nobody took up is an account in waiting' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const answer = await ofOurTeam(ctx, () => ctx.http.read(invites));
    if (answer === undefined) await tellUnlessWhole(ctx);
    const open = fitting(ctx, answer?.body.team_invites ?? []).filter(({ redeemed_at: taken }) => taken === undefined);
    yield { items: open.map(invitation) };
  },
};

function invitation({ email_address: email, role, sent_at: createdAt, expires_at: expiresAt }: Invite): Item {
  return person({
    id: `invite/${email}`,
    name: email,
    emails: [email],
    status: 'invited',
    admin: administers(role),
    createdAt,
    expiresAt,
  });
}
