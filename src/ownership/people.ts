import type { JoinedPerson, PersonState } from '../core/owner.ts';
import type { PersonHint } from '../core/attribution.ts';
import type { Person, PersonStatus } from '../core/record.ts';
import type { Instant } from '../core/time.ts';

/** How sure it is that a hint and a person are the same: by id, by address or account name, by full name alone. */
export type JoinedBy = 'id' | 'alias' | 'name';

/** Everybody we know of, joined across the directory and all platforms. */
export interface People {
  all(): Iterable<JoinedPerson>;
  /** The one person a source's hint leads to; undefined when nobody or several fit. */
  find(source: string, hint: PersonHint): { person: JoinedPerson; by: JoinedBy } | undefined;
  /** True when an organisation's own directory was read: then an unknown name means something. */
  readonly hasDirectory: boolean;
}

interface Draft {
  person: JoinedPerson;
  aliases: Set<string>;
}

/**
 * Joins accounts into people: the directory's entries first, then each platform account by e-mail or account name,
 * and an account that fits nobody stands for itself. The directory's word on who has left beats a platform's.
 */
export function joinPeople(accounts: Iterable<{ source: string; record: Person }>, now: Instant): People {
  const byAlias = new Map<string, Draft>();
  const byAccount = new Map<string, Draft>();
  const drafts: Draft[] = [];
  const platform: { source: string; record: Person }[] = [];
  const add = (source: string, record: Person): void => {
    const known = aliasesOf(record);
    const found = known.map((alias) => byAlias.get(alias)).find((draft) => draft !== undefined);
    const draft = found ?? newDraft(source, record, now);
    if (!found) drafts.push(draft);
    else if (found.person.directory !== true) worsen(found.person, record, now);
    for (const alias of known) {
      draft.aliases.add(alias);
      if (!byAlias.has(alias)) byAlias.set(alias, draft);
    }
    byAccount.set(accountKey(source, record.id), draft);
  };
  for (const account of accounts) {
    if (account.record.directory === true) add(account.source, account.record);
    else platform.push(account);
  }
  const hasDirectory = drafts.length > 0;
  for (const { source, record } of platform) add(source, record);
  for (const draft of drafts) draft.person = { ...draft.person, aliases: [...draft.aliases].toSorted() };
  const byName = uniqueNames(drafts);
  return {
    hasDirectory,
    *all() {
      for (const draft of drafts) yield draft.person;
    },
    find(source, hint) {
      const exact = hint.id === undefined ? undefined : byAccount.get(accountKey(source, hint.id));
      if (exact) return { person: exact.person, by: 'id' };
      const { email, name } = splitName(hint);
      for (const alias of [email, hint.login, hint.id]) {
        const draft = alias === undefined ? undefined : byAlias.get(normalise(alias));
        if (draft) return { person: draft.person, by: 'alias' };
      }
      const named = name === undefined ? undefined : byName.get(name.toLowerCase());
      return named ? { person: named.person, by: 'name' } : undefined;
    },
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

/** Lower-cased, without a leading `@`. */
function normalise(alias: string): string {
  return alias.trim().toLowerCase().replace(/^@/, '');
}

function aliasesOf(record: Person): string[] {
  const own = record.directory === true ? [record.id] : [];
  return [...(record.emails ?? []), ...(record.logins ?? []), ...own].map(normalise).filter((alias) => alias !== '');
}

function accountKey(source: string, id: string): string {
  return `${source}\u0000${id}`;
}

function newDraft(source: string, record: Person, now: Instant): Draft {
  const email = record.emails?.[0]?.toLowerCase();
  const key = record.directory === true ? record.id : (email ?? `${source}/${record.id}`);
  const person: JoinedPerson = {
    id: `person:${key}`,
    name: record.name,
    state: stateOf(record, now),
    status: record.status,
    teams: record.teams ?? [],
    aliases: [],
    ...(email !== undefined && { email }),
    ...(record.leftAt !== undefined && { leftAt: record.leftAt }),
    ...(record.type !== undefined && record.type !== 'human' && { impersonal: record.type }),
    ...(record.external !== undefined && { external: record.external }),
    ...(record.manager !== undefined && { manager: record.manager }),
    ...(record.movedAt !== undefined && { movedAt: record.movedAt }),
    ...(record.members !== undefined && { members: record.members.map(normalise) }),
    ...(record.directory === true && { directory: true }),
  };
  return { person, aliases: new Set() };
}

/** Several platform accounts of somebody without a directory entry: one that is still active keeps them here. */
function worsen(person: JoinedPerson, record: Person, now: Instant): void {
  const state = stateOf(record, now);
  if (person.state === 'active' || state === 'unknown') return;
  person.state = state;
  person.status = record.status;
}

const gone: readonly PersonStatus[] = ['suspended', 'deprovisioned', 'deleted'];

function stateOf(record: Person, now: Instant): PersonState {
  if (gone.includes(record.status)) return 'left';
  if (record.leftAt !== undefined && record.leftAt <= now) return 'left';
  return record.status === 'active' ? 'active' : 'unknown';
}

function uniqueNames(drafts: readonly Draft[]): Map<string, Draft> {
  const byName = new Map<string, Draft | null>();
  for (const draft of drafts) {
    const name = draft.person.name.trim().toLowerCase();
    if (name.includes(' ')) byName.set(name, byName.has(name) ? null : draft);
  }
  return new Map([...byName].filter((entry): entry is [string, Draft] => entry[1] !== null));
}
