import { DAY, type Gap, type Moment, type PersonStatus } from '../../src/sdk/index.ts';
import { controlOf, isDisabled, reckonedOf } from './account-control.ts';
import { ends, fileTime, generalizedTime, switches, type Entry } from './attributes.ts';

/**
 * Who was switched off by somebody, or has run out, is not here any more. Who typed a wrong password too often still is.
 */
export function statusOf(entry: Entry, expired: boolean): PersonStatus {
  if (isDeleted(entry)) return 'deleted';
  // Nobody signs in to a mailbox that many use: its account is switched off while it is in use.
  const off = isDisabled(entry) && !isShared(entry);
  if (off || switches.some((name) => isTrue(entry.one(name))) || isLockedForGood(entry)) return 'suspended';
  return expired ? 'deprovisioned' : 'active';
}

/** Mailboxes that many use, rooms and equipment, at home and in Exchange Online; https://techgenix.com/msexchangerecipienttypedetails-active-directory-values/ */
const shared: ReadonlySet<string> = new Set(['4', '16', '32', '34359738368', '8589934592', '17179869184']);

export function isShared(entry: Entry): boolean {
  return shared.has(entry.one('msExchRecipientTypeDetails') ?? '');
}

/** It may be switched off, and this account may not see whether it is: few may, where Active Directory is hardened. */
export function isHidden(entry: Entry): boolean {
  return isOfActiveDirectory(entry) && controlOf(entry) === undefined && !isDeleted(entry);
}

function isOfActiveDirectory(entry: Entry): boolean {
  return entry.bytes('objectGUID') !== undefined && entry.all('objectClass').some((name) => /^user$/i.test(name));
}

/** Active Directory keeps when somebody signed in, but for who never did. */
export function whyNeverUsed(entry: Entry, hidden: boolean): Gap {
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
export function isLockedOut(entry: Entry): boolean {
  const reckoned = reckonedOf(entry);
  if (reckoned !== undefined) return reckoned('lockedOut');
  const ad = fileTime(entry.one('lockoutTime'));
  return typeof ad === 'number' || entry.one('pwdAccountLockedTime') !== undefined;
}

/** When the account ends, in whichever way the directory says so. */
export function expiryOf(entry: Entry): Moment | undefined {
  const times = ends.flatMap((name) => generalizedTime(entry.one(name)) ?? []);
  return times.length > 0 ? Math.min(...times) : (shadowExpiryOf(entry) ?? fileTime(entry.one('accountExpires')));
}

/** Days since 1970; 0 "should not be used": some read it as no end, others as 1970 (shadow(5)). */
function shadowExpiryOf(entry: Entry): Moment | undefined {
  const days = /^-?\d+$/.exec(entry.one('shadowExpire') ?? '')?.[0];
  if (days === undefined || Number(days) === 0) return undefined;
  return Number(days) < 0 ? 'never' : Number(days) * DAY;
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}
