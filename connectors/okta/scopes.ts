/** Everything that the streams ask for; none of them writes. https://developer.okta.com/docs/api/oauth2/ */
export const leastScopes = [
  'okta.apiTokens.read',
  'okta.appGrants.read',
  'okta.apps.read',
  'okta.authorizationServers.read',
  'okta.eventHooks.read',
  'okta.groups.read',
  'okta.inlineHooks.read',
  'okta.logStreams.read',
  'okta.logs.read',
  'okta.networkZones.read',
  'okta.oauthIntegrations.read',
  'okta.orgs.read',
  'okta.roles.read',
  'okta.serviceAccounts.okta.read',
  'okta.serviceAccounts.read',
  'okta.users.read',
] as const;

type LeastScope = (typeof leastScopes)[number];

/** A permission of a stream, with the reason. */
export function need(scope: LeastScope, why: string) {
  return { scope, why };
}
