import { attributed, identity, operation, perParent, type Stream } from '../../src/sdk/index.ts';
import { secretOf } from './app-credentials.ts';
import { PLATFORM, type Config } from './config.ts';
import { listed } from './lists.ts';
import { ClientSecrets, Integrations } from './schema.ts';
import { need } from './scopes.ts';

const listIntegrations = operation('GET /integrations/api/v1/api-services', Integrations);
const listSecrets = operation(
  'GET /integrations/api/v1/api-services/{apiServiceId}/credentials/secrets',
  ClientSecrets,
);

const INTEGRATION = 'api-service/';

/** Services of other vendors that were let at the organisation's API from the integration network. */
export const integrations: Stream<Config> = {
  title: 'API service integrations with the scopes that they were granted',
  emits: ['identity'],
  operations: [listIntegrations],
  requires: [need('okta.oauthIntegrations.read', 'it lists the services of other vendors that read or change Okta')],
  absence: 'means-gone',
  async *pages(ctx) {
    for await (const page of listed(ctx, listIntegrations))
      yield page.map(({ id, name, type, createdAt, createdBy, grantedScopes }) =>
        identity({
          id: `${INTEGRATION}${id}`,
          name: name || type || id,
          type: 'integration',
          status: 'active',
          platform: PLATFORM,
          thirdParty: true,
          createdAt,
          scopes: grantedScopes ? grantedScopes.toSorted() : undefined,
          grants: ['client_credentials'],
          attributions: [attributed('created-by', { id: createdBy }, 'creator-field', { evidence: 'createdBy' })],
          gaps: { lastUsedAt: 'not-supported', publisher: 'not-supported' },
        }),
      );
  },
};

export const integrationSecrets: Stream<Config> = {
  title: 'Client secrets of API service integrations',
  emits: ['credential'],
  operations: [listSecrets],
  requires: [need('okta.oauthIntegrations.read', 'it says how old their secrets are')],
  after: ['api-services'],
  absence: 'means-gone',
  pages: (ctx) =>
    perParent(ctx, 'identity', async function* (parent, inner) {
      if (!parent.id.startsWith(INTEGRATION)) return;
      const ask = { params: { apiServiceId: parent.id.slice(INTEGRATION.length) } };
      for await (const page of listed(inner, listSecrets, ask))
        yield page.map((secret) => secretOf(secret, parent, false));
    }),
};
