import { defineConnector, MINUTE } from '../../src/sdk/index.ts';
import { clientKeys, clientSecrets, refreshTokens, signingCertificates } from './app-credentials.ts';
import { apps } from './apps.ts';
import { authorizationServers } from './authorization-servers.ts';
import { classify } from './classify.ts';
import { authenticate, baseOf, configSchema } from './config.ts';
import { eventHooks, inlineHooks, logStreams } from './hooks.ts';
import { integrations, integrationSecrets } from './integrations.ts';
import { getOrganisation, getWellKnown, organisation, probe } from './organisation.ts';
import { leastScopes } from './scopes.ts';
import { oktaServiceAccounts, serviceAccounts } from './service-accounts.ts';
import { apiTokens } from './tokens.ts';
import { users } from './users.ts';

/** One Okta organisation. */
export const okta = defineConnector({
  id: 'okta',
  title: 'Okta',
  docs: {
    summary:
      'Reads API tokens, apps with their scopes, roles, secrets and keys, integrations, service accounts with their owners, hooks, log streams and users of one organisation.',
    vendorDocs: [
      'https://developer.okta.com/docs/api/openapi/okta-management/guides/overview/',
      'https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/',
      'https://developer.okta.com/docs/reference/rate-limits/',
    ],
    setup: [
      'Create an API services app for Rollcall alone, with a public key instead of a secret, and without proof of possession (DPoP).',
      'Grant it the scopes below, and give it the role Read-Only Administrator.',
      'Where roles of administrators, or what custom ones allow, are refused (the coverage says so), add a custom role with the permission to view roles, resources and admin assignments (okta.iam.read).',
      'Keep the private key where the configuration refers to it, and write its kid into app.keyId.',
      'Where a scope is not wanted, list the others as app.scopes: Okta gives no token when one that is asked for was not granted.',
    ],
    blindSpots: [
      'Last use of anything but API tokens and people.',
      'To which groups and apps a role of an API token is limited.',
      'Rules of sign-on policies that keep people or apps to networks; API tokens and OAuth clients have their own.',
      "Okta's own apps, which are shown to super administrators alone.",
      'When secrets and keys of apps end: Okta has no end for them.',
      'Who made an app more than 90 days ago, or a secret of one.',
      'Tokens of single sign-on and sessions of people.',
    ],
    policies: [{ title: 'Scopes of the API services app', language: 'text', text: leastScopes.join('\n') }],
  },
  config: configSchema,
  remote: {
    origins: (config) => ({ api: baseOf(config) }),
    authenticate,
    // One client may use half of what the organisation has: 60 of 120 calls a minute for the log, 300 of 600 for the
    // rest. https://developer.okta.com/docs/reference/rl2-token-oauth and https://developer.okta.com/docs/reference/rl-global-mgmt/
    limits: [
      { match: '/api/v1/logs', requests: 30, per: MINUTE, concurrency: 1, keepFree: 10 },
      { match: '/oauth2/v1/clients', requests: 40, per: MINUTE, concurrency: 2, keepFree: 10 },
      { requests: 240, per: MINUTE, concurrency: 4, keepFree: 10 },
    ],
    classify,
    operations: [getOrganisation, getWellKnown],
  },
  unlisted: {
    'ai-agents':
      'AI agents are listed by no interface of Okta yet; put them on the attested inventory (connector attested).',
    'workflows-connections':
      'Connections of Okta Workflows are listed by no interface; put them on the attested inventory (connector attested).',
  },
  probe,
  streams: {
    organisation,
    users,
    'api-tokens': apiTokens,
    apps,
    'client-secrets': clientSecrets,
    'client-keys': clientKeys,
    'signing-certificates': signingCertificates,
    'refresh-tokens': refreshTokens,
    'api-services': integrations,
    'api-service-secrets': integrationSecrets,
    'service-accounts': serviceAccounts,
    'okta-service-accounts': oktaServiceAccounts,
    'authorization-servers': authorizationServers,
    'event-hooks': eventHooks,
    'inline-hooks': inlineHooks,
    'log-streams': logStreams,
  },
});
