import { z } from 'zod';
import { ifAllowed, operation, type Page, type Stream, type StreamContext } from '../../src/sdk/index.ts';
import { accountContainer, type Config } from './config.ts';
import { count, flag } from './words.ts';

/** Those that widen who can act, send or listen, or that say how people sign in. */
const Settings = z.object({
  accountName: z.string().nullish(),
  allowConnectHttpListenerConfigs: flag(),
  allowDelegatedSigning: flag(),
  allowOrganizationDocusignMonitor: flag(),
  allowSocialIdLogin: flag(),
  allowWebForms: flag(),
  checkForMultipleAdminsOnAccount: flag(),
  disableMultipleSessions: flag(),
  disableUserSharing: flag(),
  enablePowerForm: flag(),
  enablePowerFormDirect: flag(),
  requireExternalUserManagement: flag(),
  sessionTimeout: count(),
  signerMustHaveAccount: flag(),
  singleSignOnEnabled: flag(),
  usesAPI: flag(),
});

const readSettings = operation('GET /v2.1/accounts/{accountId}/settings', Settings);

export const account: Stream<Config> = {
  title: 'Account, its settings and how many administer it',
  emits: ['container'],
  operations: [readSettings],
  requires: [{ scope: 'signature', why: 'settings say whether plain HTTP listeners, sharing and the API are allowed' }],
  after: ['users'],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { accountId } = ctx.config;
    const answer = await ifAllowed(ctx, 'settings', () => ctx.http.read(readSettings, { params: { accountId } }));
    const { accountName, ...policies } = answer?.body ?? {};
    const item = accountContainer(ctx.config, {
      ...(accountName ? { name: accountName } : {}),
      policies: answer && known(policies),
      admins: await adminsOf(ctx),
      gaps: {
        createdAt: 'not-supported',
        logging: 'not-supported',
        ...(answer === undefined && { policies: 'denied' }),
      },
    });
    yield { items: [item] };
  },
};

async function adminsOf(ctx: StreamContext<Config>): Promise<number> {
  let admins = 0;
  for await (const { admin, status } of ctx.parents('person')) if (admin === true && status === 'active') admins += 1;
  return admins;
}

function known(settings: object): { [name: string]: boolean | number } {
  const said = Object.entries(settings).filter((entry): entry is [string, boolean | number] => entry[1] !== undefined);
  return Object.fromEntries(said);
}
