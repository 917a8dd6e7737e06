import {
  DAY,
  person,
  type Gap,
  type Instant,
  type Item,
  type Moment,
  type Person,
  type PersonStatus,
} from '../../src/sdk/index.ts';
import { controlOf, isDisabled, reckonedOf } from './account-control.ts';
import { fileTime, generalizedTime, idOf, type Entry } from './attributes.ts';

/** The manager that an entry names: the id of that person, or why we have none. */
export interface Manager {
  id?: string;
  gap?: Gap;
}

/** The record of a person's entry, or of a service's; undefined for one without an id that stays. */
export function personOf(entry: Entry, now: Instant, manager: Manager = {}, isService = false): Item | undefined {
  const id = idOf(entry);
  if (id === undefined) return undefined;
  const emails = emailsOf(entry);
  const logins = ['uid', 'sAMAccountName', 'userPrincipalName'].flatMap((name) => entry.all(name));
  const expiresAt = expiryOf(entry);
  const expired = typeof expiresAt === 'number' && expiresAt <= now;
  const hidden = isHidden(entry);
  const lastUsedAt = generalizedTime(entry.one('authTimestamp')) ?? logonOf(entry);
  return person({
    id,
    name: nameOf(entry),
    status: hidden && !expired ? 'unknown' : statusOf(entry, expired),
    emails,
    // Groups and managers name people by their place in the tree.
    logins: [...new Set([...logins, entry.dn])],
    type: typeOf(entry, isService),
    manager: manager.id,
    teams: [...new Set([...entry.all('memberOf').map(leaf), ...entry.all('department'), ...entry.all('ou')])],
    external: external(entry),
    leftAt: expired ? expiresAt : undefined,
    expiresAt,
    lastUsedAt,
    createdAt: generalizedTime(entry.one('whenCreated') ?? entry.one('createTimestamp')),
    updatedAt: generalizedTime(entry.one('whenChanged') ?? entry.one('modifyTimestamp')),
    tags: isLockedOut(entry) ? ['locked out'] : [],
    directory: true,
    gaps: {
      ...(hidden && !expired && { status: 'denied' as const }),
      ...(lastUsedAt === undefined && { lastUsedAt: whyNeverUsed(entry, hidden) }),
      ...(hidden && expiresAt === undefined && { expiresAt: 'denied' }),
      ...(manager.gap && { manager: manager.gap }),
    },
  });
}

/** The record of a group: it is here as long as one of its members is. */
export function groupOf(entry: Entry, members: readonly string[]): Item | undefined {
  const id = idOf(entry);
  if (id === undefined) return undefined;
  return person({
    id,
    name: nameOf(entry),
    status: 'active',
    type: 'group',
    emails: emailsOf(entry),
    logins: [...entry.all('cn'), entry.dn],
    members,
    createdAt: generalizedTime(entry.one('whenCreated') ?? entry.one('createTimestamp')),
    directory: true,
  });
}

function typeOf(entry: Entry, isService: boolean): Person['type'] {
  if (isService || entry.all('servicePrincipalName').length > 0) return 'service';
  return isShared(entry) ? 'shared-mailbox' : 'human';
}

/** Mailboxes that many use, rooms and equipment, at home and in Exchange Online; https://techgenix.com/msexchangerecipienttypedetails-active-directory-values/ */
const shared: ReadonlySet<string> = new Set(['4', '16', '32', '34359738368', '8589934592', '17179869184']);

function isShared(entry: Entry): boolean {
  return shared.has(entry.one('msExchRecipientTypeDetails') ?? '');
}

/**
 * Who was switched off by somebody, or has run out, is not here any more. Who typed a wrong password too often still is.
 */
function statusOf(entry: Entry, expired: boolean): PersonStatus {
  if (isDeleted(entry)) return 'deleted';
  // Nobody signs in to a mailbox that many use: its account is switched off while it is in use.
  const off = isDisabled(entry) && !isShared(entry);
  if (off || isTrue(entry.one('nsAccountLock')) || isLockedForGood(entry)) return 'suspended';
  return expired ? 'deprovisioned' : 'active';
}

/** It may be switched off, and this account may not see whether it is: few may, where Active Directory is hardened. */
export function isHidden(entry: Entry): boolean {
  return isOfActiveDirectory(entry) && controlOf(entry) === undefined && !isDeleted(entry);
}

function isOfActiveDirectory(entry: Entry): boolean {
  return entry.bytes('objectGUID') !== undefined && entry.all('objectClass').some((name) => /^user$/i.test(name));
}

/** Active Directory keeps when somebody signed in, but for who never did. */
function whyNeverUsed(entry: Entry, hidden: boolean): Gap {
  if (hidden) return 'denied';
  return isOfActiveDirectory(entry) ? 'not-seen' : 'not-supported';
}

/** Its name says so even to who may not read anything else: https://learn.microsoft.com/windows/win32/ad/retrieving-deleted-objects */
function isDeleted(entry: Entry): boolean {
  return isTrue(entry.one('isDeleted')) || /\\0ADEL:[\da-f-]{36},/i.test(entry.dn);
}

/** "000001010000Z": locked by an administrator, until one unlocks it (draft-behera-ldap-password-policy §5.3.3). */
function isLockedForGood(entry: Entry): boolean {
  return entry.one('pwdAccountLockedTime')?.startsWith('00000101') === true;
}

/** `lockoutTime` stays after the lock has ended, until the next sign-in: https://learn.microsoft.com/windows/win32/adschema/a-lockouttime */
function isLockedOut(entry: Entry): boolean {
  const reckoned = reckonedOf(entry);
  if (reckoned !== undefined) return reckoned('lockedOut');
  const ad = fileTime(entry.one('lockoutTime'));
  return typeof ad === 'number' || entry.one('pwdAccountLockedTime') !== undefined;
}

/** Days since 1970; 0 "should not be used": some read it as no end, others as 1970 (shadow(5)). */
export function expiryOf(entry: Entry): Moment | undefined {
  const days = /^-?\d+$/.exec(entry.one('shadowExpire') ?? '')?.[0];
  if (days !== undefined && Number(days) !== 0) return Number(days) < 0 ? 'never' : Number(days) * DAY;
  return fileTime(entry.one('accountExpires'));
}

export function logonOf(entry: Entry): Moment | undefined {
  const at = fileTime(entry.one('lastLogonTimestamp'));
  return at === 'never' ? undefined : at;
}

/** `mail`, and Exchange's `SMTP:main@…` and `smtp:other@…`; other kinds of address are no e-mail. */
function emailsOf(entry: Entry): string[] {
  const inUse = (address: string): number => (address.startsWith('SMTP:') ? 0 : 1);
  const proxies = entry
    .all('proxyAddresses')
    .toSorted((a, b) => inUse(a) - inUse(b))
    .flatMap((each) => /^smtp:(.+)$/i.exec(each)?.[1] ?? []);
  const all = [...entry.all('mail'), ...entry.all('mailAlternateAddress'), ...proxies];
  return [...new Set(all.filter((each) => /^[^@\s]+@[^@\s]+$/.test(each)).map((each) => each.toLowerCase()))];
}

/** A word for the kind of employment: a permanent contract makes nobody a stranger. */
function external(entry: Entry): boolean | undefined {
  const type = entry.one('employeeType');
  return type === undefined
    ? undefined
    : /contractor|contract worker|^contract$|extern|freelance|consult|vendor|\btemp(?:orary)?\b/i.test(type);
}

/** A deleted object's name ends in a line break and `DEL:` with its id. */
export function nameOf(entry: Entry): string {
  const name = entry.one('displayName') ?? entry.one('cn') ?? entry.one('uid') ?? leaf(entry.dn);
  return name.split('\n')[0] ?? name;
}

/** The first part of a distinguished name, without what it is called; bytes may be written as `\2C` (RFC 4514 §2.4). */
export function leaf(dn: string): string {
  const [first = dn] = /^(?:\\.|[^,+\\])+/.exec(dn) ?? [];
  const escapes = /((?:\\[\da-f]{2})+)|\\(.)/gi;
  return first
    .replace(/^[^=]*=/, '')
    .replaceAll(escapes, (_, bytes: string | undefined, character: string | undefined) =>
      bytes === undefined ? (character ?? '') : Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString(),
    );
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}
