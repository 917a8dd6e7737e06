import type { JoinedPerson, PersonState } from '../core/owner.ts';
import type { Person, PersonStatus } from '../core/record.ts';
import type { Instant } from '../core/time.ts';

/** One source's entry about somebody. */
export interface Account {
  source: string;
  record: Person;
}

/** Lower-cased, without a leading `@`. */
export function normalise(alias: string): string {
  return alias.trim().toLowerCase().replace(/^@/, '');
}

/** What may lead to somebody: addresses, account names, and a directory's own id. */
export function aliasesOf(record: Person): string[] {
  return clean([...(record.emails ?? []), ...ownNames(record)]);
}

/** Those that are nobody else's: of several addresses the first. Mail for somebody who left often goes to who took over. */
export function mainAliasesOf(record: Person): string[] {
  return clean([...(record.emails ?? []).slice(0, 1), ...ownNames(record)]);
}

function ownNames({ id, logins = [], directory }: Person): readonly string[] {
  return directory === true ? [...logins, id] : logins;
}

const clean = (aliases: readonly string[]): string[] => aliases.map(normalise).filter((alias) => alias !== '');

/** A person as one account alone shows them. */
export function personOf({ source, record }: Account, now: Instant): JoinedPerson {
  const email = record.emails?.[0]?.toLowerCase();
  const key = record.directory === true ? record.id : (email ?? `${source}/${record.id}`);
  return {
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
}

const gone: readonly PersonStatus[] = ['suspended', 'deprovisioned', 'deleted'];

/** Here, gone, or nobody knows. */
export function stateOf(record: Person, now: Instant): PersonState {
  if (gone.includes(record.status)) return 'left';
  if (record.leftAt !== undefined && record.leftAt <= now) return 'left';
  return record.status === 'active' ? 'active' : 'unknown';
}
