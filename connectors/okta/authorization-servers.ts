import { literalTarget } from '../../src/formats/hosts.ts';
import { container, credential, link, operation, type Item, type Stream } from '../../src/sdk/index.ts';
import { PLATFORM, type Config } from './config.ts';
import { listedBySize } from './lists.ts';
import { AuthorizationServers, type AuthorizationServer } from './schema.ts';
import { need } from './scopes.ts';
import { doubtUnlessWhole, sightAsk } from './sight.ts';

const listServers = operation('GET /api/v1/authorizationServers', AuthorizationServers);

export const authorizationServers: Stream<Config> = {
  title: 'Custom authorization servers and the rotation of their signing keys',
  emits: ['container', 'credential'],
  operations: [listServers, ...sightAsk],
  requires: [need('okta.authorizationServers.read', 'every token of theirs is as good as the key that signs it')],
  absence: 'means-gone',
  async *pages(ctx) {
    await doubtUnlessWhole(ctx);
    for await (const page of listedBySize(ctx, listServers)) yield page.map(itemsOf);
  },
};

function itemsOf({ id, name, status, issuer, created, lastUpdated, credentials }: AuthorizationServer): Item[] {
  const { kid, rotationMode, lastRotated, nextRotation } = credentials?.signing ?? {};
  const place = `authorization-server/${id}`;
  const title = name || id;
  const issuerHost = literalTarget(issuer ?? '')?.host;
  return [
    container({
      id: place,
      name: title,
      type: 'instance',
      platform: PLATFORM,
      createdAt: created,
      updatedAt: lastUpdated,
      policies: { active: status === 'ACTIVE', ...(issuerHost && { issuerHost }) },
    }),
    credential({
      id: `${place}/signing-key`,
      name: `Signing key of ${title}`,
      type: 'private-key',
      status: status === 'INACTIVE' ? 'inactive' : 'active',
      platform: PLATFORM,
      store: 'platform',
      retrievable: false,
      createdAt: kid ? lastRotated : undefined,
      lastRotatedAt: lastRotated,
      nextRotationAt: nextRotation,
      rotation: rotationMode === 'AUTO' ? 'automatic' : rotationMode === 'MANUAL' ? 'manual' : undefined,
      links: [link('contained-in', 'container', place)],
      gaps: { expiresAt: 'not-supported', lastUsedAt: 'not-supported' },
    }),
  ];
}
