import { added, deleted, escaped, replaced, type Fields } from './ldif.ts';

export const domain = 'DC=acme,DC=example';
export const PEOPLE = 300;
const people = `OU=People,${domain}`;
const services = `OU=Services,${domain}`;
/** A place that has to be escaped wherever it is named. */
export const oddPlace = `OU=${escaped('München "Süd", Ost')},${domain}`;
/** A place that may be seen, and nothing below it. */
export const hiddenPlace = `OU=Hidden,${domain}`;

/** Tenths of microseconds since 1601. */
const ticks = (at: number): string => String(BigInt(at + 11_644_473_600_000) * 10_000n);
const greatest = '9223372036854775807';
const NO_PASSWORD_NEEDED = 0x20;
const NORMAL = 0x200;
const NO_PRE_AUTHENTICATION = 0x40_0000;
const account = (name: string, control: number, more: Fields = {}): Fields => ({
  objectClass: 'user',
  sAMAccountName: name,
  userAccountControl: control,
  ...more,
});
/** Passwords are set in UTF-16, in base64. */
const password = (text: string): string => Buffer.from(text, 'utf16le').toString('base64');

/** Names that have to be escaped, each the manager of the next. */
export const oddNames = [
  'Lovelace, Ada',
  'O\'Brien "Bob" \\ Back',
  'Müller, Jürgen',
  '#hash',
  'a+b=c;<d>',
  '(star)*',
  '山田 太郎 😀',
  'dots...',
  'a/b',
];
const oddPeople = oddNames.map((name, at) => `CN=${escaped(name)},${at === 2 ? oddPlace : people}`);

/** What everybody may see of an entry, but those who are only signed in. */
const PRIVATE = 'O:DAG:DAD:PAI(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;SY)(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;DA)';

/** A made-up organisation, as its administrator enters it. Passwords are given in the clear. */
export function organisation(passwords: { reader: string; locked: string }): string {
  const places = [people, services, `OU=Leavers,${domain}`, `OU=Groups,${domain}`, oddPlace];
  const user = (cn: string, name: string, more: Fields = {}, at = people): string =>
    added(`CN=${escaped(cn)},${at}`, account(name, NORMAL | NO_PASSWORD_NEEDED, more));
  const service = (name: string, more: Fields, control = NORMAL | NO_PASSWORD_NEEDED): string =>
    added(`CN=${name},${services}`, account(name, control, { servicePrincipalName: `HTTP/${name}`, ...more }));
  const managed = (name: string, objectClass: string, more: Fields): string =>
    added(`CN=${name},CN=Managed Service Accounts,${domain}`, {
      ...account(`${name}$`, 0x1000, more),
      objectClass,
    });
  const signedIn = (dn: string, name: string, text: string): string =>
    `${added(dn, account(name, 0x10200, { userPrincipalName: `${name}@acme.example` })).trimEnd()}\nclearTextPassword:: ${password(text)}\n`;
  const many = Array.from({ length: PEOPLE }, (_, at) => `Person ${at + 1}`);
  return [
    replaced(domain, { lockoutThreshold: 3 }),
    ...places.map((dn) => added(dn, { objectClass: 'organizationalUnit' })),
    added(hiddenPlace, { objectClass: 'organizationalUnit', nTSecurityDescriptor: `${PRIVATE}(A;;RPRC;;;AU)` }),
    ...many.map((name, at) => user(name, `p${at + 1}`, { mail: `P${at + 1}@acme.example` })),
    user('Boss', 'boss', { displayName: 'The Boss', userPrincipalName: 'boss@acme.example', department: 'Board' }),
    ...oddNames.map((name, at) =>
      user(
        name,
        `odd${at}`,
        { manager: oddPeople[at - 1] ?? `CN=Boss,${people}` },
        oddPeople[at]?.slice(`CN=${escaped(name)},`.length),
      ),
    ),
    added(`CN=Disabled,OU=Leavers,${domain}`, account('disabled', NORMAL | NO_PASSWORD_NEEDED | 2)),
    user('Run out', 'runout', { accountExpires: ticks(Date.UTC(2026, 0, 1)) }),
    user('Runs out later', 'later', { accountExpires: ticks(Date.UTC(2027, 0, 1)) }),
    user('Zero', 'zero', { accountExpires: '0' }),
    user('Greatest', 'greatest', { accountExpires: greatest }),
    user('Was locked', 'waslocked'),
    user('Out of sight', 'hidden', { nTSecurityDescriptor: PRIVATE }),
    user('Has a hidden manager', 'hasahidden', { manager: `CN=Out of sight,${people}` }),
    user('Somebody else', 'elsewhere', {}, hiddenPlace),
    added(`CN=Inet,${people}`, { ...account('inet', NORMAL | NO_PASSWORD_NEEDED), objectClass: 'inetOrgPerson' }),
    added(`CN=Contact,${people}`, { objectClass: 'contact', mail: 'contact@other.example' }),
    added(`CN=PC1,CN=Computers,${domain}`, { ...account('PC1$', 0x1000), objectClass: 'computer' }),
    service('svc-sql', { manager: oddPeople[0] ?? '', adminCount: 1 }, 0x10000 | NORMAL | NO_PASSWORD_NEEDED),
    service('svc-off', {}, NORMAL | NO_PASSWORD_NEEDED | 2),
    service('svc-runout', { accountExpires: ticks(Date.UTC(2026, 0, 1)) }),
    service('svc-anybody', {}, NORMAL | NO_PASSWORD_NEEDED | 0x80000),
    service('svc-some', { 'msDS-AllowedToDelegateTo': 'cifs/files' }),
    service('svc-must', { pwdLastSet: 0 }, NORMAL | NO_PASSWORD_NEEDED | NO_PRE_AUTHENTICATION),
    managed('gmsa', 'msDS-GroupManagedServiceAccount', { 'msDS-ManagedPasswordInterval': 30 }),
    managed('msa', 'msDS-ManagedServiceAccount', { managedBy: `CN=Boss,${people}` }),
    signedIn(`CN=reader,${services}`, 'reader', passwords.reader),
    signedIn(`CN=Locked,${people}`, 'locked', passwords.locked),
    user('Gone, "Too"', 'gone', { mail: 'gone@acme.example' }),
    added(`CN=All,OU=Groups,${domain}`, {
      objectClass: 'group',
      sAMAccountName: 'all',
      member: many.map((name) => `CN=${name},${people}`),
    }),
    added(`CN=${escaped('Odd, "ones"')},OU=Groups,${domain}`, {
      objectClass: 'group',
      sAMAccountName: 'odd',
      member: [...oddPeople, `CN=All,OU=Groups,${domain}`],
    }),
    deleted(`CN=${escaped('Gone, "Too"')},${people}`),
  ].join('\n');
}

/** What only the directory itself writes. */
export const written = [
  replaced(oddPeople[0] ?? '', { lastLogonTimestamp: ticks(Date.UTC(2026, 10, 1)) }),
  replaced(`CN=svc-sql,${services}`, { pwdLastSet: ticks(Date.UTC(2019, 4, 1)) }),
  replaced(`CN=Was locked,${people}`, { lockoutTime: ticks(Date.UTC(2020, 0, 1)) }),
].join('\n');

/** Whoever has signed in may list who was deleted. */
export const deletedForAll = replaced(`CN=Deleted Objects,${domain}`, {
  nTSecurityDescriptor: 'O:SYG:SYD:PAI(A;;RPWPCCDCLCRCWOWDSDSW;;;SY)(A;;RPLC;;;AU)',
});

/** Whoever has only signed in may not see any more who is switched off. */
export const hardened = [
  `dn: CN=Pre-Windows 2000 Compatible Access,CN=Builtin,${domain}`,
  'changetype: modify',
  'delete: member',
  `member: CN=S-1-5-11,CN=ForeignSecurityPrincipals,${domain}`,
  '',
].join('\n');
