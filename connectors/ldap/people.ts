import { person, type Gap, type Instant, type Item, type Moment, type Person } from '../../src/sdk/index.ts';
import { fileTime, generalizedTime, idOf, placeOf, signIns, type Entry } from './attributes.ts';
import { expiryOf, isHidden, isLockedOut, isShared, statusOf, whyNeverUsed } from './standing.ts';

/** The manager that an entry names: the id of that person, or why we have none. */
export interface Manager {
  id?: string;
  gap?: Gap;
}

/** What is known of a person's entry apart from what stands in it. */
interface Known {
  manager?: Manager;
  isService?: boolean;
  /** This account may not see whether people are switched off. */
  hidesSwitches?: boolean;
}

/** The record of a person's entry, or of a service's; undefined for one without an id that stays. */
export function personOf(entry: Entry, now: Instant, known: Known = {}): Item | undefined {
  const { manager = {}, isService = false, hidesSwitches = false } = known;
  const id = idOf(entry);
  if (id === undefined) return undefined;
  const emails = emailsOf(entry);
  const logins = ['uid', 'sAMAccountName', 'userPrincipalName'].flatMap((name) => entry.all(name));
  const expiresAt = expiryOf(entry);
  const expired = typeof expiresAt === 'number' && expiresAt <= now;
  const hidden = isHidden(entry);
  const seen = statusOf(entry, expired);
  const isOpen = seen === 'active' && (hidden || hidesSwitches);
  const lastUsedAt = signInOf(entry) ?? logonOf(entry);
  return person({
    id,
    name: nameOf(entry),
    status: isOpen ? 'unknown' : seen,
    emails,
    // Groups and managers name people by their place in the tree.
    logins: [...new Set([...logins, placeOf(entry.dn)])],
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
      ...(isOpen && { status: 'denied' as const }),
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
    logins: [...entry.all('cn'), placeOf(entry.dn)],
    members: members.map(placeOf),
    createdAt: generalizedTime(entry.one('whenCreated') ?? entry.one('createTimestamp')),
    directory: true,
  });
}

function typeOf(entry: Entry, isService: boolean): Person['type'] {
  if (isService || entry.all('servicePrincipalName').length > 0) return 'service';
  return isShared(entry) ? 'shared-mailbox' : 'human';
}

function signInOf(entry: Entry): Instant | undefined {
  const times = signIns.flatMap((name) => generalizedTime(entry.one(name)) ?? []);
  return times.length > 0 ? Math.max(...times) : undefined;
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
