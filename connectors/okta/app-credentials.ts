import {
  attributed,
  credential,
  link,
  operation,
  perParent,
  type Item,
  type RecordOf,
  type Stream,
} from '../../src/sdk/index.ts';
import { isSigned } from '../../src/formats/okta/app.ts';
import { appOf } from './apps.ts';
import { PLATFORM, type Config } from './config.ts';
import { listed, listedBySize } from './lists.ts';
import { Certificates, ClientSecrets, PublicKeys, RefreshTokens, type ClientSecret, type PublicKey } from './schema.ts';
import { need } from './scopes.ts';

const listSecrets = operation('GET /api/v1/apps/{appId}/credentials/secrets', ClientSecrets);
const listKeys = operation('GET /api/v1/apps/{appId}/credentials/jwks', PublicKeys);
const listCertificates = operation('GET /api/v1/apps/{appId}/credentials/keys', Certificates);
const listTokens = operation('GET /api/v1/apps/{appId}/tokens', RefreshTokens);

const common = {
  emits: ['credential'],
  after: ['apps'],
  absence: 'means-gone',
} as const;
type App = RecordOf<'identity'>;

/** Okta answers with the secret in clear; only that there is one, and since when, is kept. */
export const clientSecrets: Stream<Config> = {
  ...common,
  title: 'Client secrets of OAuth apps',
  operations: [listSecrets],
  requires: [need('okta.apps.read', 'it says how old secrets are; Okta shows them to whoever reads apps')],
  pages: (ctx) =>
    perParent(ctx, 'identity', async function* (app, inner) {
      const { appId, signOn, method } = appOf(app) ?? {};
      if (appId === undefined || signOn !== 'OPENID_CONNECT' || !method?.startsWith('client_secret')) return;
      for await (const page of listed(inner, listSecrets, { params: { appId } }))
        yield page.map((secret) => secretOf(secret, app, true));
    }),
};

export const clientKeys: Stream<Config> = {
  ...common,
  title: 'Public keys of OAuth apps',
  operations: [listKeys],
  requires: [need('okta.apps.read', 'each stands for a private key that somebody keeps')],
  pages: (ctx) =>
    perParent(ctx, 'identity', async function* (app, inner) {
      const { appId, signOn, method } = appOf(app) ?? {};
      if (appId === undefined || signOn !== 'OPENID_CONNECT' || method !== 'private_key_jwt') return;
      for await (const page of listed(inner, listKeys, { params: { appId } })) yield page.map((key) => keyOf(key, app));
    }),
};

export const signingCertificates: Stream<Config> = {
  ...common,
  title: 'Certificates with which Okta signs for apps (SAML, WS-Federation)',
  operations: [listCertificates],
  requires: [need('okta.apps.read', 'nobody can sign in to an app whose certificate has run out')],
  pages: (ctx) =>
    perParent(ctx, 'identity', async function* (app, inner) {
      const { appId, signOn, signs } = appOf(app) ?? {};
      if (appId === undefined || !isSigned(signOn)) return;
      for await (const page of listed(inner, listCertificates, { params: { appId } }))
        yield page.map(({ kid, kty, created, lastUpdated, expiresAt }) => {
          // An app has every certificate that it ever had, and signs with one.
          const used = signs === undefined || signs === kid;
          return credential({
            id: `${app.id}/certificate/${kid}`,
            name: `Signing certificate ${kid} of ${app.name}`,
            type: 'certificate',
            status: used ? 'active' : 'inactive',
            platform: PLATFORM,
            store: 'platform',
            createdAt: created,
            updatedAt: lastUpdated,
            expiresAt,
            tags: [...(kty ? [`key:${kty}`] : []), ...(used ? [] : ['not in use'])],
            links: [link('authenticates', 'identity', app.id)],
            gaps: { lastUsedAt: 'not-supported' },
          });
        });
    }),
};

export const refreshTokens: Stream<Config> = {
  ...common,
  title: 'Refresh tokens that apps hold for people',
  operations: [listTokens],
  requires: [need('okta.apps.read', 'an app goes on in the name of whoever signed in, long after')],
  pages: (ctx) =>
    perParent(ctx, 'identity', async function* (app, inner) {
      const { appId, signOn } = appOf(app) ?? {};
      if (appId === undefined || signOn !== 'OPENID_CONNECT' || !app.grants?.includes('refresh_token')) return;
      for await (const page of listedBySize(inner, listTokens, { params: { appId } }))
        yield page.map(({ id, status, userId, scopes, created, lastUpdated, expiresAt }) =>
          credential({
            id: `${app.id}/refresh-token/${id}`,
            name: `Refresh token of ${app.name}`,
            type: 'refresh-token',
            status: status === 'REVOKED' ? 'revoked' : 'active',
            platform: PLATFORM,
            store: 'platform',
            scopes,
            createdAt: created,
            updatedAt: lastUpdated,
            expiresAt,
            attributions: [attributed('owned-by', { id: userId }, 'platform-owner', { evidence: 'userId' })],
            links: [
              link('authenticates', 'identity', app.id),
              ...(userId ? [link('granted-to', 'person', userId)] : []),
            ],
            gaps: { lastUsedAt: 'not-supported' },
          }),
        );
    }),
};

/** A client secret of an app or of an integration. */
export function secretOf(
  { id, status, created, lastUpdated }: ClientSecret,
  holder: Pick<App, 'id' | 'name'>,
  retrievable: boolean,
): Item {
  return credential({
    id: `${holder.id}/client-secret/${id}`,
    name: `Client secret ${id} of ${holder.name}`,
    type: 'client-secret',
    status: status === 'INACTIVE' ? 'inactive' : 'active',
    platform: PLATFORM,
    store: 'platform',
    retrievable,
    createdAt: created,
    updatedAt: lastUpdated,
    // https://developer.okta.com/docs/guides/client-secret-rotation-key/main/: it lasts until it is rotated by hand.
    rotation: 'manual',
    links: [link('authenticates', 'identity', holder.id)],
    gaps: { expiresAt: 'not-supported', lastUsedAt: 'not-supported', scopes: 'not-supported' },
  });
}

function keyOf({ id, kid, kty, use, status, created, lastUpdated }: PublicKey, app: App): Item {
  return credential({
    id: `${app.id}/key/${id}`,
    name: `Key ${kid ?? id} of ${app.name}`,
    type: 'private-key',
    status: status === 'INACTIVE' ? 'inactive' : 'active',
    platform: PLATFORM,
    // The platform has the public half alone.
    store: 'unknown',
    retrievable: false,
    createdAt: created,
    updatedAt: lastUpdated,
    tags: [...(kty ? [`key:${kty}`] : []), ...(use ? [`use:${use}`] : [])],
    links: [link('authenticates', 'identity', app.id)],
    gaps: { expiresAt: 'not-supported', lastUsedAt: 'not-supported', scopes: 'not-supported' },
  });
}
