import { z } from 'zod';
import { secret } from '../../src/sdk/index.ts';

const name = z.string().min(1);
const names = z.union([name.transform((one) => [one]), z.array(name).min(1)]);

export const ldapConfig = z
  .strictObject({
    /** `ldaps://host:port`, or `ldap://host:port` with `startTls`. */
    url: z.string().regex(/^ldaps?:\/\/[^/\s]+\/?$/, 'write ldaps://host or ldap://host'),
    startTls: z.boolean().default(false),
    /** A file with the certificates, in PEM, of the authority that signed the server's. */
    ca: name.optional(),
    /** Whom to sign in as; anonymously where it is left out. */
    bindDn: name.optional(),
    password: secret().optional(),
    /** Where people and groups are kept; several where they are apart. Name the places of leavers too. */
    base: names,
    /** Which entries are people. */
    filter: name.optional(),
    /** Which entries are groups. */
    groupFilter: name.optional(),
    /** Places where every account is a service's, and no person's. */
    serviceBase: names.optional(),
    /** Which other accounts are services': `(sAMAccountName=svc-*)`. */
    serviceFilter: z
      .string()
      .regex(/^\(.+\)$/s, 'write a filter in brackets: (sAMAccountName=svc-*)')
      .optional(),
    pageSize: z.number().int().min(1).max(1_000).default(500),
    timeoutSeconds: z.number().positive().default(30),
    /** Lets the password go over the network unencrypted. */
    allowPlaintext: z.boolean().default(false),
  })
  // https://learn.microsoft.com/windows/win32/ad/global-catalog
  .refine(({ url }) => !/:326[89]\/?$/.test(url), {
    message: 'the global catalogue lacks members and ends of accounts: read a domain controller of each domain, at 636',
    path: ['url'],
  })
  .refine((config) => (config.bindDn === undefined) === (config.password === undefined), {
    message: 'bindDn and password belong together',
    path: ['password'],
  })
  .refine((config) => config.password === undefined || isPrivate(config), {
    message: 'the password would go over the network in plain text: use ldaps:// or startTls',
    path: ['url'],
  });
export type LdapConfig = z.output<typeof ldapConfig>;

function isPrivate({ url, startTls, allowPlaintext }: { url: string; startTls: boolean; allowPlaintext: boolean }) {
  const local = /^ldap:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::|\/|$)/.test(url);
  return startTls || allowPlaintext || local || url.startsWith('ldaps:');
}
