import { attributed, credential, link, operation, type CredentialType, type Stream } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { organisationId } from './ids.ts';
import { pages } from './lists.ts';
import { gapsOf, moment } from './moment.ts';
import { authorisations as answer } from './schema.ts';

/** An organisation without SAML, or without Enterprise Cloud, has no such list. */
const list = operation('GET /orgs/{org}/credential-authorizations', answer, { means: { 404: 'not-licensed' } });

const types: Readonly<Record<string, CredentialType>> = {
  'personal access token': 'pat',
  'SSH key': 'ssh-key',
  'OAuth app token': 'oauth-token',
  'GitHub app token': 'oauth-token',
};

export const authorisations: Stream<Config> = {
  title: 'Credentials authorised for single sign-on: the only window on classic tokens',
  emits: ['credential'],
  operations: [list],
  requires: [
    {
      scope: 'organization_administration:read',
      why: 'it shows classic tokens, SSH keys and app tokens of members; with SAML and Enterprise Cloud only',
      orElse: ['read:org'],
    },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const ask = { params: { org: ctx.config.organisation } };
    for await (const page of pages(ctx, list, ask, (body) => body)) {
      yield page.map((each) => {
        const type = types[each.credential_type] ?? 'secret';
        const token = type !== 'ssh-key';
        const times = {
          // Of a key GitHub says nothing here; of a token null means that it has no end.
          expiresAt: token ? moment(each.authorized_credential_expires_at) : undefined,
          lastUsedAt: moment(each.credential_accessed_at),
        };
        const last = each.token_last_eight?.slice(-4);
        const title = each.authorized_credential_title ?? each.authorized_credential_note;
        return credential({
          id: `sso-authorisation/${each.credential_id}`,
          name: title ?? `${each.credential_type} of ${each.login}`,
          type,
          status: typeof times.expiresAt === 'number' && times.expiresAt < ctx.now ? 'expired' : 'active',
          platform: 'github',
          scopes: token ? (each.scopes ?? []) : undefined,
          // A token with classic scopes; fine-grained ones come with their own list.
          legacy: type === 'pat' ? true : undefined,
          admin: each.scopes?.some((scope) => scope.startsWith('admin:') || scope === 'site_admin'),
          masked: last === undefined ? undefined : `••••${last}`,
          key: each.fingerprint ? { algorithm: 'SSH', thumbprint: each.fingerprint } : undefined,
          ...times,
          attributions: [
            attributed('owned-by', { login: each.login }, 'platform-owner', {
              at: each.credential_authorized_at,
              evidence: 'login',
            }),
          ],
          links: [link('granted-to', 'container', organisationId)],
          gaps: { createdAt: 'not-supported', lastRotatedAt: 'not-supported', ...gapsOf(times) },
        });
      });
    }
  },
};
