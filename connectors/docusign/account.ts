import { z } from 'zod';
import { ifAllowed, operation, type Item, type StreamContext } from '../../src/sdk/index.ts';
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

export const readSettings = operation('GET /v2.1/accounts/{accountId}/settings', Settings);

/** The account with its settings, or without them where they are not for us. */
export async function accountWith(admins: number, ctx: StreamContext<Config>): Promise<Item> {
  const { accountId } = ctx.config;
  const answer = await ifAllowed(ctx, 'settings', () => ctx.http.read(readSettings, { params: { accountId } }));
  const { accountName, ...policies } = answer?.body ?? {};
  return accountContainer(ctx.config, {
    ...(accountName ? { name: accountName } : {}),
    policies: answer && known(policies),
    admins,
    gaps: {
      createdAt: 'not-supported',
      logging: 'not-supported',
      ...(answer === undefined && { policies: 'denied' }),
    },
  });
}

function known(settings: object): { [name: string]: boolean | number } {
  const said = Object.entries(settings).filter((entry): entry is [string, boolean | number] => entry[1] !== undefined);
  return Object.fromEntries(said);
}
