import {
  attributed,
  credential,
  link,
  operation,
  type Content,
  type Instant,
  type Stream,
} from '../../src/sdk/index.ts';
import { listEvents, usesOfTokens } from './audit-log.ts';
import type { Config } from './config.ts';
import { loggedPages, pages } from './lists.ts';
import { gapsOf, latest, moment } from './moment.ts';
import { tokenRequests, tokens as tokensAnswer, type Token } from './schema.ts';
import { organisationId } from './ids.ts';

const listTokens = operation('GET /orgs/{org}/personal-access-tokens', tokensAnswer);
const listRequests = operation('GET /orgs/{org}/personal-access-token-requests', tokenRequests);

const appsAlone = 'GitHub gives it to Apps alone';

export const tokens: Stream<Config> = {
  title: 'Fine-grained personal access tokens that reach the organisation',
  emits: ['credential'],
  operations: [listTokens, listEvents],
  requires: [
    { scope: 'organization_personal_access_tokens:read', why: `it lists tokens, their owners and ends; ${appsAlone}` },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const ask = { params: { org: ctx.config.organisation } };
    const uses = await usesOfTokens(ctx);
    for await (const page of loggedPages(ctx, listTokens, ask, (body) => body))
      yield page.map((token) =>
        credential({
          ...common(token, { seenAt: uses.get(token.token_id), grantedAt: token.access_granted_at }),
          id: `personal-access-token/${token.token_id}`,
        }),
      );
  },
};

export const requests: Stream<Config> = {
  title: 'Fine-grained tokens that wait for approval',
  emits: ['credential'],
  operations: [listRequests],
  requires: [
    {
      scope: 'organization_personal_access_token_requests:read',
      why: `it shows what is asked for before somebody approves it; ${appsAlone}`,
    },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const ask = { params: { org: ctx.config.organisation } };
    for await (const page of pages(ctx, listRequests, ask, (body) => body))
      yield page.map((request) =>
        credential({
          ...common(request),
          id: `personal-access-token-request/${request.id}`,
          name: `${request.token_name} (waits for approval)`,
          status: request.token_expired ? 'expired' : 'inactive',
          tags: ['pending-approval'],
          contents: reasonOf(request.reason),
        }),
      );
  },
};

interface Seen {
  /** When it was last at work, by the audit log. */
  seenAt?: Instant | undefined;
  /** From then on it reached the organisation; when it was made, GitHub does not say. */
  grantedAt?: Instant | undefined;
}

function common(token: Token, { seenAt, grantedAt }: Seen = {}) {
  const { owner, permissions, token_name: name, token_expired, repository_selection: selection } = token;
  const scopes = Object.entries(permissions)
    .flatMap(([group, granted]) =>
      Object.entries(granted ?? {}).map(([permission, level]) => `${group}/${permission}: ${level}`),
    )
    .toSorted();
  const lastUsedAt = latest(moment(token.token_last_used_at), seenAt);
  const times = { expiresAt: moment(token.token_expires_at), lastUsedAt };
  return {
    name,
    type: 'pat' as const,
    status: token_expired ? ('expired' as const) : ('active' as const),
    platform: 'github',
    scopes,
    reach: selection === 'all' ? ('all' as const) : selection === 'subset' ? ('some' as const) : undefined,
    admin: scopes.some((scope) => /\/(?:organization_)?administration: (?:write|admin)$/.test(scope)),
    ...times,
    attributions: [
      attributed('owned-by', { id: String(owner.id), login: owner.login }, 'platform-owner', {
        at: grantedAt,
        evidence: 'owner',
      }),
    ],
    links: [link('granted-to' as const, 'container' as const, organisationId)],
    gaps: { createdAt: 'not-supported' as const, lastRotatedAt: 'not-supported' as const, ...gapsOf(times) },
  };
}

/** People write reasons freely, keys included. */
function reasonOf(reason: string | null | undefined): Content[] {
  return reason === null || reason === undefined ? [] : [{ place: 'configuration', tree: { reason } }];
}
