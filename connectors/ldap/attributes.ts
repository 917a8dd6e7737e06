import type { Instant, Moment } from '../../src/sdk/index.ts';

/** Whether an administrator switched the account off: 389 Directory Server and FreeIPA, eDirectory, PingDirectory and PingDS. */
export const switches = ['nsAccountLock', 'loginDisabled', 'ds-pwp-account-disabled'] as const;

/**
 * When the account ends: FreeIPA, eDirectory, PingDirectory and PingDS, and draft-behera-ldap-password-policy in OpenLDAP.
 * https://docs.pingidentity.com/pingdirectory/latest/pingdirectory_security_guide/pd_sec_ext_modif_user_attrs.html
 */
export const ends = [
  'krbPrincipalExpiration',
  'loginExpirationTime',
  'ds-pwp-account-expiration-time',
  'pwdEndTime',
] as const;

/**
 * When somebody last signed in, where the server keeps that: OpenLDAP's `lastbind` and password policy, 389 Directory
 * Server's account policy, FreeIPA's KDC, eDirectory.
 * https://docs.redhat.com/en/documentation/red_hat_directory_server/12/html/configuration_and_schema_reference
 */
export const signIns = [
  'authTimestamp',
  'pwdLastSuccess',
  'lastLoginTime',
  'krbLastSuccessfulAuth',
  'loginTime',
] as const;

/** All that is ever asked for. No attribute that holds a password, a hash or a key is among them, nor is `*`. */
export const personAttributes = [
  'objectClass',
  'entryUUID',
  'nsUniqueId',
  'ipaUniqueID',
  'objectGUID',
  'cn',
  'displayName',
  'uid',
  'sAMAccountName',
  'userPrincipalName',
  'mail',
  'mailAlternateAddress',
  'proxyAddresses',
  'manager',
  'memberOf',
  'department',
  'ou',
  'employeeType',
  'userAccountControl',
  'msExchRecipientTypeDetails',
  'msDS-User-Account-Control-Computed',
  'accountExpires',
  'shadowExpire',
  ...ends,
  ...switches,
  'pwdAccountLockedTime',
  'lockoutTime',
  'servicePrincipalName',
  'isDeleted',
  'createTimestamp',
  'modifyTimestamp',
  'whenCreated',
  'whenChanged',
  'lastLogonTimestamp',
  ...signIns,
] as const;

/** Of the password, when it was changed and when it ends; `msDS-ManagedPassword` is one itself, and never asked for. */
export const serviceAttributes = [
  'objectClass',
  'objectGUID',
  'cn',
  'displayName',
  'description',
  'info',
  'sAMAccountName',
  'servicePrincipalName',
  'manager',
  'managedBy',
  'adminCount',
  'userAccountControl',
  'accountExpires',
  'pwdLastSet',
  'msDS-UserPasswordExpiryTimeComputed',
  'msDS-AllowedToDelegateTo',
  'lastLogonTimestamp',
  'whenCreated',
  'whenChanged',
] as const;

export const groupAttributes = [
  'objectClass',
  'entryUUID',
  'nsUniqueId',
  'ipaUniqueID',
  'objectGUID',
  'cn',
  'displayName',
  'mail',
  'member',
  'uniqueMember',
  'memberUid',
  'managedBy',
  'owner',
  'createTimestamp',
  'whenCreated',
] as const;

export const idAttributes = ['entryUUID', 'nsUniqueId', 'ipaUniqueID', 'objectGUID'] as const;
/** Bytes; everything else is text. */
export const binaryAttributes = ['objectGUID'] as const;

/** An entry whose attributes are found however the server spells their names. */
export interface Entry {
  dn: string;
  /** All values of an attribute; none where it is not there, or was not shown. */
  all(name: string): readonly string[];
  one(name: string): string | undefined;
  bytes(name: string): Buffer | undefined;
  /** Some of the values of an attribute, where the server gives them part by part, and where the next part starts. */
  part(name: string): { values: readonly string[]; from: number; next: number | undefined } | undefined;
}

export function entryOf(raw: { readonly [name: string]: unknown; readonly dn: string }): Entry {
  const values = new Map(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value]));
  const listed = (name: string): readonly unknown[] => {
    const value = values.get(name.toLowerCase());
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  };
  const all = (name: string): string[] =>
    listed(name).flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));
  return {
    dn: raw.dn,
    all,
    one: (name) => all(name)[0],
    part: (name) => {
      for (const key of values.keys()) {
        const [, from, to] = rangeOf(name).exec(key) ?? [];
        if (from === undefined) continue;
        return { values: all(key), from: Number(from), next: to === '*' ? undefined : Number(to) + 1 };
      }
      return undefined;
    },
    bytes: (name) => listed(name).find((value) => Buffer.isBuffer(value) && value.length > 0) as Buffer | undefined,
  };
}

/** `member;range=0-1499`; the last part ends with an asterisk: https://learn.microsoft.com/windows/win32/adsi/using-range-retrieval */
const rangeOf = (name: string): RegExp => new RegExp(`^${RegExp.escape(name.toLowerCase())};range=(\\d+)-(\\d+|\\*)$`);

/** A place in the tree in one spelling: some servers keep the blanks that somebody typed between its parts, which count for nothing (RFC 2253 §4). */
export function placeOf(dn: string): string {
  return dn.replaceAll(/\s*(?<!\\)([,+=])\s*/g, '$1');
}

/**
 * The id that stays when an entry is renamed or moved: RFC 4530, or the directory's own. 389 Directory Server gives
 * entries an `entryUUID` years after they were made, when it is updated, and has `nsUniqueId` from the first day.
 */
export function idOf(entry: Entry): string | undefined {
  const guid = entry.bytes('objectGUID');
  return guid?.length === 16
    ? guidOf(guid)
    : (entry.one('nsUniqueId') ?? entry.one('entryUUID') ?? entry.one('ipaUniqueID'));
}

/** The first three fields have their bytes the other way round: https://learn.microsoft.com/windows/win32/api/guiddef/ns-guiddef-guid */
function guidOf(bytes: Buffer): string {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map((at) => bytes.toString('hex', at, at + 1)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** `20261121083000Z`, also with fractions (RFC 4517 §3.3.13). */
export function generalizedTime(text: string | undefined): Instant | undefined {
  const form = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?Z$/;
  const [match, year, month, day, hour, minute, second = '00'] = form.exec(text ?? '') ?? [];
  if (match === undefined) return undefined;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** Tenths of microseconds since 1601; nothing and the greatest number mean never. */
export function fileTime(text: string | undefined): Moment | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const ticks = BigInt(text);
  return ticks === 0n || ticks >= 0x7fff_ffff_ffff_ffffn ? 'never' : Number(ticks / 10_000n) - 11_644_473_600_000;
}
