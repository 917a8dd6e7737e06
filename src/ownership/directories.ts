import type { JoinedPerson } from '../core/owner.ts';
import type { Instant } from '../core/time.ts';
import { aliasesOf, mainAliasesOf, personOf, stateOf, type Account } from './account.ts';

/** A person with everything that directories say of them. */
export interface Listed {
  person: JoinedPerson;
  accounts: Account[];
}

/**
 * Joins directories into people, by address or account name. Who has left one directory has left, whatever another
 * still says: an account that nobody closed is what is looked for. For the same reason nobody is here of whom one leaves it
 * open. But an account that was made anew is not the old one
 * of its name: within a directory, and for what was deleted from any, those who are here are not joined with those gone.
 * Nor is anybody gone because an address of theirs came to somebody else, who has another of their own.
 */
export function joinDirectories(accounts: readonly Account[], now: Instant): Listed[] {
  const order = new Map(accounts.map((account, index) => [account, index]));
  const listed: Listed[] = [];
  const byAlias = new Map<string, Listed>();
  const byMain = new Map<string, Listed>();
  for (const account of hereFirst(accounts, now)) {
    const { record } = account;
    const main = firstOf(byMain, mainAliasesOf(record));
    const known = main ?? (stateOf(record, now) === 'left' ? undefined : firstOf(byAlias, aliasesOf(record)));
    const joined = known !== undefined && isSame(known, account, now) ? known : started(listed, account, now);
    joined.accounts.push(account);
    for (const alias of aliasesOf(record)) if (!byAlias.has(alias)) byAlias.set(alias, joined);
    for (const alias of mainAliasesOf(record)) if (!byMain.has(alias)) byMain.set(alias, joined);
  }
  const place = (account: Account): number => order.get(account) ?? 0;
  for (const each of listed) {
    each.accounts.sort((a, b) => place(a) - place(b));
    each.person = together(each.accounts, now);
  }
  const first = ({ accounts: [account] }: Listed): number => (account === undefined ? 0 : place(account));
  return listed.toSorted((a, b) => first(a) - first(b));
}

function firstOf(listed: ReadonlyMap<string, Listed>, aliases: readonly string[]): Listed | undefined {
  return aliases.map((alias) => listed.get(alias)).find((each) => each !== undefined);
}

function hereFirst(accounts: readonly Account[], now: Instant): Account[] {
  const weight = ({ record }: Account): number =>
    stateOf(record, now) !== 'left' ? 0 : record.status === 'deleted' ? 2 : 1;
  return accounts.toSorted((a, b) => weight(a) - weight(b));
}

function started(listed: Listed[], account: Account, now: Instant): Listed {
  const fresh = { person: personOf(account, now), accounts: [] };
  listed.push(fresh);
  return fresh;
}

function isSame({ accounts }: Listed, { source, record }: Account, now: Instant): boolean {
  if (stateOf(record, now) !== 'left' || accounts.some((each) => each.record.id === record.id)) return true;
  const here = accounts.filter((each) => stateOf(each.record, now) !== 'left');
  return record.status === 'deleted' ? here.length === 0 : here.every((each) => each.source !== source);
}

/** It says itself that it is not known; where we may not see the answer, it says nothing. */
function isOpen({ record }: Account): boolean {
  return record.status === 'unknown' && record.gaps?.['status'] === undefined;
}

/** The first directory names a person; what it leaves out, the others add. */
function together(accounts: readonly Account[], now: Instant): JoinedPerson {
  const people = accounts.map((account) => personOf(account, now));
  const person = people.reduceRight<Partial<JoinedPerson>>((rest, each) => ({ ...rest, ...each }), {}) as JoinedPerson;
  const said =
    people.find(({ state }) => state === 'left') ??
    people[accounts.findIndex(isOpen)] ??
    people.find(({ state }) => state === 'active');
  return {
    ...person,
    teams: [...new Set(people.flatMap(({ teams }) => teams))],
    ...(said && { state: said.state, status: said.status, ...(said.leftAt !== undefined && { leftAt: said.leftAt }) }),
  };
}
