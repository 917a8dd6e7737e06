import { connection, operation, type Connection, type Stream } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { organisationId, within } from './ids.ts';
import { pages } from './lists.ts';
import { registries as answer } from './schema-actions.ts';

const list = operation('GET /orgs/{org}/private-registries', answer, { means: { 404: 'not-licensed' } });

export const registries: Stream<Config> = {
  title: 'Private registries and how GitHub signs in to them',
  emits: ['connection'],
  operations: [list],
  requires: [
    {
      scope: 'organization_private_registries:read',
      why: 'it tells stored keys from OpenID Connect',
      orElse: ['admin:org'],
    },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const ask = { params: { org: ctx.config.organisation } };
    for await (const page of pages(ctx, list, ask, (body) => body.configurations))
      yield page.map(({ name, registry_type, auth_type, visibility, created_at, updated_at }) =>
        connection({
          id: `private-registry/${name}`,
          name,
          platform: 'github',
          connector: registry_type,
          authentication: authenticationOf(auth_type),
          subject: 'service',
          sharedWith: { reach: visibility === 'selected' ? 'some' : 'everyone' },
          createdAt: created_at,
          updatedAt: updated_at,
          links: [within(organisationId)],
          gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' },
        }),
      );
  },
};

function authenticationOf(type: string | null | undefined): Connection['authentication'] {
  if (type?.startsWith('oidc_')) return 'managed-identity';
  return type === 'username_password' ? 'password' : type === 'token' ? 'api-key' : 'unknown';
}
