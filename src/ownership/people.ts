import type { JoinedPerson } from '../core/owner.ts';
import type { PersonHint } from '../core/attribution.ts';
import type { Person } from '../core/record.ts';
import type { Instant } from '../core/time.ts';
import { aliasesOf, mainAliasesOf, normalise, personOf, stateOf, type Account } from './account.ts';
import { joinDirectories, type Listed } from './directories.ts';

/** How sure it is that a hint and a person are the same: by id, by address or account name, by full name alone. */
export type JoinedBy = 'id' | 'alias' | 'name';

/** Everybody we know of, joined across the directory and all platforms. */
export interface People {
  all(): Iterable<JoinedPerson>;
  /** The one person whom a source's hint, or the id of a joined person, leads to; undefined when nobody or several fit. */
  find(source: string, hint: PersonHint): { person: JoinedPerson; by: JoinedBy } | undefined;
}

/** The status of somebody who had not left when their account went. */
export const NO_ACCOUNT = 'no account any more';

interface Draft extends Listed {
  aliases: Set<string>;
}

/**
 * Joins accounts into people: the directory's entries first, then each platform account by e-mail or account name,
 * and an account that fits nobody stands for itself. The directory's word on who has left beats a platform's. Accounts
 * that their sources no longer have come last: they keep their name, and what was known of them.
 */
export function joinPeople(accounts: Iterable<Account>, now: Instant, former: Iterable<Account> = []): People {
  const directory: Account[] = [];
  const platform: Account[] = [];
  for (const account of accounts) (account.record.directory === true ? directory : platform).push(account);
  const drafts: Draft[] = joinDirectories(directory, now).map((listed) => ({ ...listed, aliases: new Set() }));
  const byAlias = new Map<string, Draft>();
  const byAccount = new Map<string, Draft>();
  const remember = (draft: Draft, { source, record }: Account): void => {
    for (const alias of aliasesOf(record)) {
      draft.aliases.add(alias);
      if (!byAlias.has(alias)) byAlias.set(alias, draft);
    }
    byAccount.set(accountKey(source, record.id), draft);
  };
  // An alias that somebody who left shares with somebody who is here leads to the latter.
  const leavers = (draft: Draft): number => (draft.person.state === 'left' ? 1 : 0);
  const ordered = drafts.toSorted((a, b) => leavers(a) - leavers(b));
  // The address that is somebody's first is not somebody else's, to whom it may be sent on.
  for (const draft of ordered)
    for (const { record } of draft.accounts)
      for (const alias of mainAliasesOf(record)) if (!byAlias.has(alias)) byAlias.set(alias, draft);
  for (const draft of ordered) for (const account of draft.accounts) remember(draft, account);
  for (const account of platform) {
    const known = aliasesOf(account.record).map((alias) => byAlias.get(alias));
    let draft = known.find((each) => each !== undefined);
    if (draft === undefined) {
      draft = { person: personOf(account, now), accounts: [], aliases: new Set() };
      drafts.push(draft);
    } else if (draft.person.directory !== true) worsen(draft.person, account.record, now);
    remember(draft, account);
  }
  const byName = uniqueNames(drafts);
  const byPerson = new Map(drafts.toReversed().map((draft) => [draft.person.id, draft]));
  for (const account of former) {
    const { source, record } = account;
    const free = aliasesOf(record).filter((alias) => !byAlias.has(alias));
    const draft = { person: formerPerson(account, free, now), accounts: [], aliases: new Set(free) };
    // An account that was made anew in a directory is not the old one of its name.
    const anew = record.directory === true ? [] : aliasesOf(record).map((alias) => byAlias.get(alias));
    const known = byPerson.get(draft.person.id) ?? anew.find((each) => each !== undefined);
    byAccount.set(accountKey(source, record.id), known ?? draft);
    if (known !== undefined) continue;
    drafts.push(draft);
    byPerson.set(draft.person.id, draft);
    for (const alias of free) byAlias.set(alias, draft);
  }
  for (const draft of drafts) draft.person = { ...draft.person, aliases: [...draft.aliases].toSorted() };
  return {
    *all() {
      for (const draft of drafts) yield draft.person;
    },
    find(source, hint) {
      const { id } = hint;
      const exact = id === undefined ? undefined : (byAccount.get(accountKey(source, id)) ?? byPerson.get(id));
      if (exact) return { person: exact.person, by: 'id' };
      const { email, name } = splitName(hint);
      for (const alias of [email, hint.login, id]) {
        const draft = alias === undefined ? undefined : byAlias.get(normalise(alias));
        if (draft) return { person: draft.person, by: 'alias' };
      }
      const named = name === undefined ? undefined : byName.get(plainName(name));
      return named ? { person: named.person, by: 'name' } : undefined;
    },
  };
}

/** Who had left stays gone; of somebody else it is known only that the account is no more. An address may be another's by now. */
function formerPerson(account: Account, free: readonly string[], now: Instant): JoinedPerson {
  const { members: _, email, ...person } = personOf(account, now);
  return {
    ...person,
    ...(email !== undefined && free.includes(email) && { email }),
    ...(person.state !== 'left' && { state: 'unknown', status: NO_ACCOUNT }),
  };
}

/** `Ada Lovelace <ada@acme.example>` in its two parts, wherever a source put it. */
export function splitName(hint: PersonHint): { email?: string; name?: string } {
  const text = hint.name ?? '';
  const inside = /<([^<>\s@]+@[^<>\s]+)>/.exec(text)?.[1];
  const email = hint.email ?? inside ?? (/^[^\s@]+@[^\s@]+$/.test(text) ? text : undefined);
  const name = text.replace(/<[^<>]*>/, '').trim();
  return { ...(email !== undefined && { email: email.toLowerCase() }), ...(name !== '' && name !== email && { name }) };
}

function accountKey(source: string, id: string): string {
  return `${source}\u0000${id}`;
}

/** Several platform accounts of somebody without a directory entry: one that is still active keeps them here. */
function worsen(person: JoinedPerson, record: Person, now: Instant): void {
  const state = stateOf(record, now);
  if (person.state === 'active' || state === 'unknown') return;
  person.state = state;
  person.status = record.status;
}

/** `Lovelace, Dr. Ada` is Ada Lovelace to those who look for her by name. */
function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^([^,]+), ([^,]+)$/, '$2 $1')
    .replace(/^(?:(?:prof|dr|dipl|ing|mag)\.[ -]*)+/, '')
    .replaceAll(/\s+/g, ' ');
}

function uniqueNames(drafts: readonly Draft[]): Map<string, Draft> {
  const byName = new Map<string, Draft | null>();
  for (const draft of drafts) {
    const name = plainName(draft.person.name);
    if (name.includes(' ')) byName.set(name, byName.has(name) ? null : draft);
  }
  return new Map([...byName].filter((entry): entry is [string, Draft] => entry[1] !== null));
}
