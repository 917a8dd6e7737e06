import { z } from 'zod';
import {
  attributed,
  connection,
  link,
  listOf,
  operation,
  pagesOf,
  perParent,
  time,
  type Delegation,
  type Instant,
  type PersonHint,
  type Stream,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';
import { listed, place, positions } from './words.ts';

const User = z.object({ userId: z.string().nullish(), email: z.string().nullish(), name: z.string().nullish() });
type User = z.output<typeof User>;

/** https://github.com/docusign/docusign-esign-node-client, `UserAuthorization`. */
const Authorization = z.object({
  authorizationId: z.string().min(1),
  permission: z.string().nullish(),
  principalUser: User.nullish(),
  agentUser: User.nullish(),
  startDate: time(),
  endDate: time(),
  created: time(),
  createdBy: z.string().nullish(),
  modified: time(),
});
type Authorization = z.output<typeof Authorization>;

const listAuthorizations = operation(
  'GET /v2.1/accounts/{accountId}/users/{userId}/authorizations',
  z.object({ authorizations: listOf(Authorization).nullish(), ...place }),
);

export const delegations: Stream<Config> = {
  title: 'Shared access: who may act for whom',
  emits: ['connection'],
  operations: [listAuthorizations],
  requires: [{ scope: 'signature', why: 'users let others send, manage or sign in their name' }],
  after: ['users'],
  absence: 'means-gone',
  pages: (context) =>
    perParent(context, 'person', async function* (user, ctx) {
      const { accountId } = ctx.config;
      for await (const page of pagesOf(ctx, listAuthorizations, {
        ask: {
          params: { accountId, userId: user.id },
          query: { active_only: 'false', include_closed_users: 'true' },
        },
        paging: positions(ctx.config.pageSize),
        elements: (body) => listed(body.authorizations, body.totalSetSize),
      })) {
        yield page.map((authorization) => connectionOf(authorization, user.id, ctx.config, ctx.now));
      }
    }),
};

function connectionOf(authorization: Authorization, userId: string, config: Config, now: Instant) {
  const principal = hintOf(authorization.principalUser) ?? { id: userId };
  const agent = hintOf(authorization.agentUser);
  const { links, platform } = inAccount(config);
  const ends = authorization.endDate;
  return connection({
    id: `authorization/${authorization.authorizationId}`,
    name: `${nameOf(agent)} may ${authorization.permission ?? 'act'} for ${nameOf(principal)}`,
    platform,
    connector: 'docusign-shared-access',
    authentication: 'session',
    subject: 'person',
    account: principal,
    delegation: agent && { to: agent, may: mayOf(authorization.permission) },
    status: ends !== undefined && ends <= now ? 'expired' : 'active',
    createdAt: authorization.startDate ?? authorization.created,
    updatedAt: authorization.modified,
    expiresAt: ends ?? 'never',
    links: [...links, ...(agent?.id === undefined ? [] : [link('granted-to', 'person', agent.id)])],
    attributions: [
      attributed('owned-by', principal, 'platform-owner', { evidence: 'principalUser' }),
      attributed('created-by', { id: authorization.createdBy }, 'creator-field', {
        at: authorization.created,
        evidence: 'createdBy',
      }),
    ],
    gaps: { lastUsedAt: 'not-supported' },
  });
}

function hintOf(user: User | null | undefined): PersonHint | undefined {
  const hint = {
    ...(user?.userId && { id: user.userId }),
    ...(user?.email && { email: user.email.toLowerCase() }),
    ...(user?.name && { name: user.name }),
  };
  return Object.keys(hint).length === 0 ? undefined : hint;
}

function nameOf(who: PersonHint | undefined): string {
  return who?.name ?? who?.email ?? who?.id ?? 'somebody';
}

/** Whoever may edit somebody's envelopes prepares them: https://developers.docusign.com/docs/esign-rest-api/reference/accounts/authorizations/ */
const powers = {
  view: 'view',
  prepare: 'prepare',
  edit: 'prepare',
  send: 'send',
  sign: 'sign',
  manage: 'manage',
} as const satisfies Record<string, Delegation['may'][number]>;

function mayOf(permission: string | null | undefined): Delegation['may'] {
  const said = (permission ?? '').toLowerCase();
  const known = Object.entries(powers).flatMap(([word, may]) => (said.includes(word) ? may : []));
  // What is called otherwise is at least a look into somebody else's agreements.
  return known.length === 0 ? ['view'] : known;
}
