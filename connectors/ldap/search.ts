import { SourceError, type Item, type Page, type StreamContext } from '../../src/sdk/index.ts';
import { groupAttributes, personAttributes, placeOf, serviceAttributes, type Entry } from './attributes.ts';
import type { LdapConfig } from './config.ts';
import { hiddenSwitches } from './hidden.ts';
import { managersOf } from './managers.ts';
import { groupOf, personOf } from './people.ts';
import { serviceOf } from './services.ts';
import { anything, first, openSession, type Found, type Session } from './session.ts';
import { isHidden } from './standing.ts';

type Context = StreamContext<LdapConfig>;
const people = {
  usual: '(|(objectClass=person)(objectClass=account))',
  // Computers are users there too.
  active: '(&(objectCategory=person)(objectClass=user))',
  deleted: '(&(isDeleted=TRUE)(objectClass=user)(!(objectClass=computer)))',
} as const;
/** Managed accounts, and users under whose name a service runs. */
const services =
  '(|(objectClass=msDS-ManagedServiceAccount)(objectClass=msDS-GroupManagedServiceAccount)(objectClass=msDS-DelegatedManagedServiceAccount)(&(objectCategory=person)(objectClass=user)(servicePrincipalName=*)))';
const groups =
  '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup)(objectClass=group))';

/** The cookie of a paged search ends with its connection (RFC 2696 §3): what broke off begins anew, and changes nothing. */
export async function* reading(ctx: Context, pages: (ctx: Context, session: Session) => AsyncGenerator<Page>) {
  const session = await openSession(ctx.config, ctx.signal);
  try {
    await checkPlaces(session, ctx.config.base);
    yield* pages(ctx, session);
  } finally {
    await session.close();
  }
}

export async function* pagesOfPeople(ctx: Context, session: Session): AsyncGenerator<Page> {
  const active = await isActiveDirectory(session);
  const managers = managersOf(session);
  const filter = peopleFilter(ctx.config, active);
  const called = await namesOfServices(ctx, session, filter);
  let hidden = 0;
  let hiding: readonly string[] | undefined;
  const map = async (entry: Entry): Promise<Item | undefined> => {
    if (isHidden(entry)) hidden += 1;
    // Of itself an account may see more than of others.
    if (!isSame(entry.dn, ctx.config.bindDn)) hiding ??= await hiddenSwitches(session, entry);
    const manager = await managers(entry.one('manager'));
    return personOf(entry, ctx.now, {
      manager,
      isService: called.has(entry.dn),
      hidesSwitches: (hiding ?? []).length > 0,
    });
  };
  let found = 0;
  for (const base of ctx.config.base) {
    const search = { base, scope: 'sub', filter, attributes: personAttributes } as const;
    for await (const page of searched(ctx, session.pages(search), map)) {
      found += page.items.length;
      yield page;
    }
    if (hiding !== undefined && hiding.length > 0) ctx.blind(base, 'config', hidesWho(hiding), 'expected');
    hiding = undefined;
  }
  if (found === 0) await tellWhereNothingIsShown(ctx, session);
  if (active) yield* pagesOfDeleted(ctx, session, map);
  const detail = `of ${hidden} people this account may not see whether they are switched off: let it read their account restrictions`;
  if (hidden > 0) ctx.blind('userAccountControl', 'config', detail, 'expected');
}

/** Names of attributes and of most values are alike in capitals and without. */
function isSame(dn: string, other = ''): boolean {
  return placeOf(dn).toLowerCase() === placeOf(other).toLowerCase();
}

function hidesWho(switches: readonly string[]): string {
  return `this account may not see whether people are switched off: let it read ${switches.join(', ')}`;
}

function peopleFilter({ filter }: LdapConfig, active: boolean): string {
  return filter ?? (active ? people.active : people.usual);
}

async function namesOfServices(ctx: Context, session: Session, accounts: string): Promise<ReadonlySet<string>> {
  const { serviceBase, serviceFilter } = ctx.config;
  const names = new Set<string>();
  for await (const { entries } of calledServices(ctx.config, session, accounts, ['1.1'])) {
    for (const { dn } of entries) names.add(dn);
  }
  const detail = 'no account is there that fits what the configuration calls services: correct it, or take it out';
  if (names.size === 0 && (serviceBase ?? serviceFilter) !== undefined)
    ctx.blind('serviceBase, serviceFilter', 'config', detail);
  return names;
}

/** Accounts that the configuration says are services', whatever the directory takes them for. */
async function* calledServices(
  { base, serviceBase = [], serviceFilter }: LdapConfig,
  session: Session,
  accounts: string,
  attributes: readonly string[],
): AsyncGenerator<Found> {
  const search = { scope: 'sub', attributes } as const;
  for (const place of serviceBase) yield* session.pages({ ...search, base: place, filter: accounts });
  if (serviceFilter === undefined) return;
  for (const place of base) yield* session.pages({ ...search, base: place, filter: `(&${accounts}${serviceFilter})` });
}

type ToItem = (entry: Entry) => Promise<Item | readonly Item[] | undefined>;

/** Whoever may not list them is answered with none of them, not with a refusal. */
async function* pagesOfDeleted(ctx: Context, session: Session, map: ToItem): AsyncGenerator<Page> {
  const attributes = ['defaultNamingContext'];
  const root = await first(session, { base: '', scope: 'base', filter: anything, attributes });
  const base = `CN=Deleted Objects,${root?.one('defaultNamingContext') ?? ''}`;
  const search = { base, scope: 'sub', filter: people.deleted, attributes: personAttributes, deleted: true } as const;
  const itself = { ...search, scope: 'base', filter: anything, attributes: ['isDeleted'] } as const;
  try {
    let found = 0;
    for await (const page of searched(ctx, session.pages(search), map)) {
      found += page.items.length;
      yield page;
    }
    if (found > 0 || (await first(session, itself))?.one('isDeleted') !== undefined) return;
  } catch (problem) {
    if (!(problem instanceof SourceError) || !['permission', 'not-found'].includes(problem.kind)) throw problem;
  }
  ctx.blind(base, 'permission', 'this account may not list who was deleted', 'expected');
}

/** A directory hides what an account may not list, and says nothing of it. */
async function tellWhereNothingIsShown(ctx: Context, session: Session): Promise<void> {
  for (const base of ctx.config.base) {
    let shown = 0;
    for await (const { entries } of session.pages({ base, scope: 'sub', filter: anything, attributes: ['1.1'] })) {
      shown += entries.length;
      if (shown > 1) return;
    }
  }
  const detail = 'nothing below it is shown to this account: may it list people there?';
  ctx.blind(ctx.config.base.join('; '), 'permission', detail);
}

export async function* pagesOfGroups(ctx: Context, session: Session): AsyncGenerator<Page> {
  const filter = ctx.config.groupFilter ?? groups;
  for (const base of ctx.config.base) {
    const found = session.pages({ base, scope: 'sub', filter, attributes: groupAttributes });
    yield* searched(ctx, found, async (entry) => groupOf(entry, await membersOf(session, entry)));
  }
}

/** Of their passwords, Active Directory alone says something. */
export async function* pagesOfServices(ctx: Context, session: Session): AsyncGenerator<Page> {
  const { config, now } = ctx;
  if (!(await isActiveDirectory(session))) {
    const detail = 'this directory does not tell accounts of services from those of people: see its people';
    ctx.blind('service accounts', 'not-supported', detail, 'expected');
    return yield { items: [] };
  }
  const read = new Set<string>();
  const map = async (entry: Entry) => {
    read.add(entry.dn);
    return serviceOf(entry, now);
  };
  for (const base of config.base) {
    const search = { base, scope: 'sub', filter: services, attributes: serviceAttributes } as const;
    yield* searched(ctx, session.pages(search), map);
  }
  for await (const page of calledServices(config, session, peopleFilter(config, true), serviceAttributes)) {
    const entries = page.entries.filter(({ dn }) => !read.has(dn));
    yield* searched(ctx, [{ ...page, entries }], map);
  }
}

/** Active Directory gives so many members at once, and the rest when asked for it. */
async function membersOf(session: Session, entry: Entry): Promise<string[]> {
  const members = ['member', 'uniqueMember', 'memberUid'].flatMap((name) => entry.all(name));
  let part = entry.part('member');
  while (part !== undefined) {
    members.push(...part.values);
    const { next } = part;
    if (next === undefined) break;
    const attributes = [`member;range=${next}-*`];
    part = (await first(session, { base: entry.dn, scope: 'base', filter: anything, attributes }))?.part('member');
    if (part?.from !== next) throw new SourceError('schema', `${session.host} does not give all members of a group`);
  }
  return members;
}

/** The pages of one search; an entry without a lasting id is set aside. */
async function* searched(
  ctx: Context,
  pages: AsyncIterable<Found> | Iterable<Found>,
  to: ToItem,
): AsyncGenerator<Page> {
  for await (const { entries, elsewhere } of pages) {
    for (const host of new Set(elsewhere)) {
      ctx.blind(host, 'config', 'the directory refers to it: read it as a source of its own', 'expected');
    }
    const items: Item[] = [];
    for (const entry of entries) {
      const made = [(await to(entry)) ?? []].flat();
      items.push(...made);
      if (made.length === 0)
        ctx.blind(entry.dn, 'schema', 'it has no entryUUID, objectGUID or nsUniqueId that this account can read');
    }
    yield { items };
  }
}

/** https://learn.microsoft.com/openspecs/windows_protocols/ms-adts/3ed61e6c-cfdc-487d-9f02-5a3397be3772 */
async function isActiveDirectory(session: Session): Promise<boolean> {
  const root = await first(session, {
    base: '',
    scope: 'base',
    filter: anything,
    attributes: ['supportedCapabilities'],
  });
  return root?.all('supportedCapabilities').includes('1.2.840.113556.1.4.800') === true;
}

/** Throws when one of the places cannot be read. */
export async function checkPlaces(session: Session, places: readonly string[]): Promise<void> {
  for (const base of places) {
    const itself = await first(session, { base, scope: 'base', filter: anything, attributes: ['1.1'] });
    if (itself === undefined)
      throw new SourceError(
        'permission',
        `${session.host}: ${base} is not shown to this account: let it read that entry, or name what it may read below as base`,
      );
  }
}
