import { z } from 'zod';
import { container, link, secret, type EnvironmentClass } from '../../src/sdk/index.ts';

export const PLATFORM = 'docusign';

const url = z.url().optional();
/** A GUID, which means the same in capitals. */
const accountId = z.string().min(1).toLowerCase();

export const config = z.strictObject({
  /** Integration key of the application that reads, also called client id. */
  integrationKey: z.string().min(1),
  /** Id of the user that it acts as: an administrator of the account. */
  userId: z.string().min(1),
  /** The application's RSA private key. */
  privateKey: secret(),
  accountId,
  /** Accounts of the same organisation that have sources of their own: what these read is not told twice. */
  readElsewhere: z.array(accountId).default([]),
  environment: z.enum(['production', 'demo']).default('production'),
  /** Scopes that the user consented to; streams that need another one are skipped. */
  scopes: z.array(z.string().min(1)).default(['signature', 'impersonation']),
  /** Entries of a page, where pages have a size. */
  pageSize: z.number().int().min(1).max(100).default(100),
  /** How far back the first scan reads the Monitor feed. */
  monitorDays: z.number().int().min(1).max(365).default(30),
  /** For another address than the vendor's own. */
  accountUrl: url,
  apiUrl: url,
  adminUrl: url,
  webFormsUrl: url,
  workflowUrl: url,
  monitorUrl: url,
});
export type Config = z.output<typeof config>;

/** https://developers.docusign.com/platform/auth/reference/user-info and the servers of the vendor's API descriptions. */
const hosts = {
  production: {
    account: 'https://account.docusign.com',
    api: 'https://www.docusign.net/restapi',
    admin: 'https://api.docusign.net/Management',
    'web-forms': 'https://apps.docusign.com/api/webforms',
    workflow: 'https://api.docusign.com',
    monitor: 'https://lens.docusign.net',
  },
  demo: {
    account: 'https://account-d.docusign.com',
    api: 'https://demo.docusign.net/restapi',
    admin: 'https://api-d.docusign.net/Management',
    'web-forms': 'https://apps-d.docusign.com/api/webforms',
    workflow: 'https://api-d.docusign.com',
    monitor: 'https://lens-d.docusign.net',
  },
} as const;

/** Where each surface is reached: the environment's own addresses, unless others are given. */
export function originsOf(settings: Config): { readonly [name in keyof typeof hosts.demo]: string } {
  const usual = hosts[settings.environment];
  return {
    account: settings.accountUrl ?? usual.account,
    api: settings.apiUrl ?? usual.api,
    admin: settings.adminUrl ?? usual.admin,
    'web-forms': settings.webFormsUrl ?? usual['web-forms'],
    workflow: settings.workflowUrl ?? usual.workflow,
    monitor: settings.monitorUrl ?? usual.monitor,
  };
}

/** Ids of the accounts that this source or another one reads, in lower case. */
export function accountsReadBy({ accountId: own, readElsewhere }: Config): ReadonlySet<string> {
  return new Set([own, ...readElsewhere]);
}

/** What every record of the account has in common. */
export function inAccount({ accountId: own }: Pick<Config, 'accountId'>) {
  return { platform: PLATFORM, links: [link('contained-in', 'container', own)] } as const;
}

export function environmentOf({ environment }: Pick<Config, 'environment'>): EnvironmentClass {
  return environment === 'demo' ? 'development' : 'production';
}

/** The account as other streams mention it. */
export function accountContainer(settings: Config, more: Partial<Parameters<typeof container>[0]> = {}) {
  return container({
    id: settings.accountId,
    name: `DocuSign account ${settings.accountId}`,
    type: 'account',
    platform: PLATFORM,
    environment: environmentOf(settings),
    ...more,
  });
}
