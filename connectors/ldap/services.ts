import {
  attributed,
  credential,
  identity,
  link,
  type Credential,
  type Gap,
  type Identity,
  type Item,
  type Moment,
} from '../../src/sdk/index.ts';
import { controlOf } from './account-control.ts';
import { fileTime, generalizedTime, idOf, placeOf, type Entry } from './attributes.ts';
import { logonOf, nameOf } from './people.ts';
import { expiryOf } from './standing.ts';

/**
 * A service's account in Active Directory and its password, of which the times alone are read; empty for one without an
 * id that stays.
 */
export function serviceOf(entry: Entry, now: number): Item[] {
  const id = idOf(entry);
  if (id === undefined) return [];
  const name = entry.one('sAMAccountName') ?? nameOf(entry);
  const expiresAt = expiryOf(entry);
  const disabled = controlOf(entry)?.('disabled');
  const over = disabled === true || (typeof expiresAt === 'number' && expiresAt <= now);
  const common = {
    platform: 'active-directory',
    at: { path: entry.dn },
    createdAt: generalizedTime(entry.one('whenCreated')),
    updatedAt: generalizedTime(entry.one('whenChanged')),
    lastUsedAt: logonOf(entry),
    admin: entry.one('adminCount') === '1' ? true : undefined,
    attributions: ['manager', 'managedBy'].map((field) =>
      attributed('owned-by', { login: entry.all(field).map(placeOf)[0] }, 'platform-owner', { evidence: field }),
    ),
  };
  const gaps: Record<string, Gap> = {
    scopes: 'not-supported',
    ...(common.lastUsedAt === undefined && { lastUsedAt: disabled === undefined ? 'denied' : 'not-seen' }),
  };
  const account = identity({
    ...common,
    id,
    name,
    type: 'service-account',
    status: over ? 'disabled' : disabled === undefined ? 'unknown' : 'active',
    impersonates: impersonatedBy(entry),
    grants: waysIn(entry),
    tags: tagsOf(entry),
    gaps: { ...gaps, ...(controlOf(entry) === undefined && { impersonates: 'denied', grants: 'denied' }) },
    // People write passwords there, for everybody in the directory to read.
    contents: [{ place: 'configuration', path: entry.dn, tree: notesOf(entry) }],
  });
  const password = credential({
    ...common,
    id: `${id}/password`,
    name: `Password of ${name}`,
    type: 'password',
    status: over ? 'inactive' : disabled === undefined ? 'unknown' : 'active',
    ...lifeOf(entry),
    links: [link('authenticates', 'identity', id)],
    gaps: { ...gaps, ...gapsOf(lifeOf(entry), disabled === undefined ? 'denied' : 'not-seen') },
  });
  return [account, password];
}

type Life = Pick<Credential, 'lastRotatedAt' | 'expiresAt' | 'rotation' | 'legacy'>;

/** A managed account's password is changed by Active Directory itself, and nobody knows it. */
function lifeOf(entry: Entry): Life {
  const control = controlOf(entry);
  const changed = fileTime(entry.one('pwdLastSet'));
  const expiresAt: Moment | undefined = control?.('passwordNeverExpires') === true ? 'never' : expiryReckoned(entry);
  return {
    // Nothing: an administrator wants it changed at the next logon.
    ...(typeof changed === 'number' && { lastRotatedAt: changed }),
    ...(expiresAt !== undefined && { expiresAt }),
    rotation: isManaged(entry) ? 'automatic' : 'manual',
    ...(control?.('desOnly') === true && { legacy: true }),
  };
}

/**
 * Nothing stands here for a password that has to be changed before it is used again, and not for one that lasts:
 * https://learn.microsoft.com/openspecs/windows_protocols/ms-adts/f9e9b7e2-c7ac-4db6-ba38-71d9696981e9
 */
function expiryReckoned(entry: Entry): Moment | undefined {
  const ends = entry.one('msDS-UserPasswordExpiryTimeComputed');
  return ends === '0' ? undefined : fileTime(ends);
}

function gapsOf({ lastRotatedAt, expiresAt }: Life, because: Gap): Record<string, Gap> {
  return {
    ...(lastRotatedAt === undefined && { lastRotatedAt: because }),
    ...(expiresAt === undefined && { expiresAt: because }),
  };
}

function isManaged(entry: Entry): boolean {
  return entry.all('objectClass').some((name) => /^msDS-(?:Group|Delegated)?ManagedServiceAccount$/i.test(name));
}

/** https://learn.microsoft.com/windows-server/security/kerberos/kerberos-constrained-delegation-overview */
function impersonatedBy(entry: Entry): Identity['impersonates'] {
  const control = controlOf(entry);
  if (control?.('delegation') === true || control?.('protocolTransition') === true)
    return { users: 'all', consent: 'admin' };
  if (entry.all('msDS-AllowedToDelegateTo').length > 0) return { users: 'some', consent: 'admin' };
  return control === undefined ? undefined : { users: 'none' };
}

/**
 * How it may sign in. `passwordNotRequired` lets its password be empty, whatever the domain asks for
 * (https://learn.microsoft.com/archive/blogs/russellt/passwd_notreqd); where the directory itself makes the password,
 * it is neither empty nor guessed.
 */
function waysIn(entry: Entry): string[] | undefined {
  const control = controlOf(entry);
  if (control === undefined) return undefined;
  if (isManaged(entry)) return ['kerberos'];
  return [
    'kerberos',
    ...(control('passwordNotRequired') ? ['empty-password'] : []),
    ...(control('noPreAuthentication') ? ['no-pre-authentication'] : []),
  ];
}

/** What a reviewer looks for first, as words that lists can be filtered by. */
function tagsOf(entry: Entry): string[] {
  const tags = {
    managed: isManaged(entry),
    // Whoever is in the directory may have a ticket that is sealed with its password, and guess that.
    'service-principal-name': entry.all('servicePrincipalName').length > 0,
  };
  return Object.entries(tags).flatMap(([tag, is]) => (is ? [tag] : []));
}

function notesOf(entry: Entry): { [name: string]: string } {
  const notes = ['description', 'info'].map((name) => [name, entry.all(name).join('\n')] as const);
  return Object.fromEntries(notes.filter(([, text]) => text !== ''));
}
