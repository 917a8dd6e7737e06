import { z } from 'zod';
import { defineConnector, operation, SECOND, MINUTE, SourceError, type Http } from '../../src/sdk/index.ts';
import { config, originsOf, type Config } from './config.ts';
import { connect } from './connect.ts';
import { delegations } from './delegations.ts';
import { classify } from './classify.ts';
import { groups } from './groups.ts';
import { monitor } from './monitor.ts';
import { organisations } from './organisation.ts';
import { organisationConnect } from './organisation-connect.ts';
import { permissionProfiles } from './permission-profiles.ts';
import { powerForms } from './power-forms.ts';
import { templates } from './templates.ts';
import { users } from './users.ts';
import { webForms } from './web-forms.ts';
import { workflows } from './workflows.ts';

/** https://developers.docusign.com/platform/auth/reference/user-info */
const whoAmI = operation(
  'GET /oauth/userinfo',
  z.object({
    name: z.string().nullish(),
    email: z.string().nullish(),
    accounts: z.array(
      z.object({ account_id: z.string(), account_name: z.string().nullish(), base_uri: z.string().min(1) }),
    ),
  }),
  { origin: 'account' },
);

/** Reads who works with a DocuSign account, what leaves it, and what was built in it. */
export const docusign = defineConnector({
  id: 'docusign',
  title: 'DocuSign',
  docs: {
    summary:
      'Reads users and when they left, permission profiles that let applications reach far, webhooks (Connect), Web Forms with their makers and publishers, templates and with whom they are shared, PowerForms, workflows, shared access, and the integration keys that Monitor sees in use.',
    vendorDocs: [
      'https://developers.docusign.com/platform/auth/jwt/',
      'https://developers.docusign.com/platform/resource-limits',
      'https://github.com/docusign/OpenAPI-Specifications',
    ],
    setup: [
      'Make an application under Settings, Apps and Keys: its integration key is `integrationKey`. Add an RSA key pair, and keep the private key where `privateKey` points.',
      'Choose the user that it acts as, an administrator of the account: the id is `userId`. The account’s API id is `accountId`.',
      'Open the consent address below once as that user, with the scopes that you want it to have; write the same scopes into `scopes`.',
      'For a developer account set `environment: demo`.',
    ],
    blindSpots: [
      'Integration keys that made no call in the time that Monitor covers, and all of them without Monitor: put them on the attested inventory.',
      'What a workflow of Workflow Builder does inside: the platform gives out its trigger alone.',
      'Templates, PowerForms and lists for bulk sending that nobody shares with the user that we act as, an administrator’s view included.',
      'Which cloud storage users linked to their account: the platform shows that to each user alone.',
      'The values and ages of the keys that sign Connect messages: they are never asked for.',
      'Monitor shows users of claimed domains only. With the scope organization_read its newer address is asked, which belongs to the organisation; without it the older one.',
    ],
    policies: [
      {
        title: 'Consent for everything that is read; leave out what you do not want to grant',
        language: 'text',
        text: 'https://account.docusign.com/oauth/auth?response_type=code&client_id=INTEGRATION_KEY&redirect_uri=REDIRECT_URI&scope=signature%20impersonation%20webforms_read%20aow_manage%20organization_read%20user_read%20domain_read%20identity_provider_read%20connect_org_config_read_api%20connect_org_oauth_read_api',
      },
    ],
  },
  config,
  remote: {
    origins: originsOf,
    authenticate: (settings) => {
      const { account: server } = originsOf(settings);
      return {
        type: 'jwt-bearer',
        tokenUrl: `${server.replace(/\/$/, '')}/oauth/token`,
        key: settings.privateKey,
        algorithm: 'RS256',
        claims: {
          iss: settings.integrationKey,
          sub: settings.userId,
          aud: new URL(server).host,
          scope: settings.scopes.join(' '),
        },
      };
    },
    // 3,000 calls an hour and 500 in 30 seconds for the whole account: https://developers.docusign.com/platform/resource-limits
    limits: [
      { match: '/api/v2', requests: 10, per: MINUTE, concurrency: 1 },
      { requests: 80, per: 10 * SECOND, concurrency: 4, keepFree: 500 },
    ],
    classify,
    async locate(settings, http) {
      const { base_uri: base } = await accountOf(settings, http);
      if (!URL.canParse(base)) throw new SourceError('schema', 'the account’s base address is no address');
      return { api: `${base.replace(/\/$/, '')}/restapi` };
    },
    locatedHosts: [/^(?:[\w-]+\.)+docusign\.net$/],
    operations: [whoAmI],
  },
  unlisted: {
    'unused-integration-keys':
      'Integration keys, their secrets and RSA keys are listed by no interface: put them on the attested inventory (connector attested).',
    consents:
      'Who consented to which application is listed by no interface: put the consents of system users on the attested inventory.',
  },
  async probe(settings, { http }) {
    const { account_name: name, user } = await accountOf(settings, http);
    return {
      account: `${name || settings.accountId}, as ${user}`,
      accountId: settings.accountId,
      granted: settings.scopes,
      // Even its reads need a scope that could send or change things.
      canWrite: settings.scopes.filter((scope) => /^(?:signature|aow_manage)$|_(?:write|manage)$/.test(scope)),
    };
  },
  streams: {
    users,
    groups,
    'permission-profiles': permissionProfiles,
    connect,
    templates,
    'power-forms': powerForms,
    'web-forms': webForms,
    workflows,
    delegations,
    organisations,
    'organisation-connect': organisationConnect,
    monitor,
  },
});

async function accountOf({ accountId, userId }: Config, http: Http) {
  const { body } = await http.read(whoAmI);
  const account = body.accounts.find((each) => each.account_id.toLowerCase() === accountId);
  if (!account) throw new SourceError('config', `the user ${userId} has no account ${accountId}: check accountId`);
  return { ...account, user: body.email || body.name || userId };
}
