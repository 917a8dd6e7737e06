import { targetOf } from '../../src/formats/hosts.ts';
import { z } from 'zod';
import {
  attributed,
  credential,
  endpoint,
  identity,
  link,
  listOf,
  operation,
  pagesOf,
  time,
  type Item,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { readAccount, tellUnlessWhole } from './account.ts';
import { paged, pagesOfSize, PLATFORM, type Config } from './config.ts';

const App = z.object({
  client_id: z.string(),
  name: z.string().nullish(),
  created_at: time(),
  is_approved: z.boolean().nullish(),
  callback_url: z.string().nullish(),
  owner_account: z.object({ account_id: z.string().nullish(), email_address: z.string().nullish() }).nullish(),
  oauth: z
    .object({
      callback_url: z.string().nullish(),
      scopes: z.array(z.string()).nullish(),
      // In clear in the answer: only whether there is one gets further.
      secret: z
        .string()
        .nullish()
        .transform((value) => typeof value === 'string' && value !== ''),
    })
    .nullish(),
});
type App = z.output<typeof App>;

const listApps = operation('GET /api_app/list', z.object({ api_apps: listOf(App), ...paged }));

/** API apps act for the accounts that agree to them; their secret can be read by every administrator's key. */
export const apps: Stream<Config> = {
  title: 'API apps, their client secrets and callbacks',
  emits: ['identity', 'credential', 'endpoint'],
  operations: [listApps, readAccount],
  requires: [{ scope: 'admin or developer role', why: 'lists the apps of teammates too' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    await tellUnlessWhole(ctx, ['a', 'd']);
    const paging = pagesOfSize(ctx.config.pageSize);
    for await (const page of pagesOf(ctx, listApps, { paging, elements: ({ api_apps: found }) => found })) {
      yield page.map((app) => [anApp(app), ...clientSecret(app), ...callback(app)]);
    }
  },
};

function anApp(app: App): Item {
  const { client_id: id, oauth, owner_account: owner } = app;
  return identity({
    id: `app/${id}`,
    name: app.name || id,
    type: 'oauth-app',
    // An app that was not approved works in test mode alone.
    status: app.is_approved === undefined || app.is_approved === null ? 'unknown' : 'active',
    platform: PLATFORM,
    environment: app.is_approved === false ? 'test' : undefined,
    createdAt: app.created_at,
    scopes: oauth?.scopes ?? (oauth === null ? [] : undefined),
    grants: oauth ? ['authorization_code'] : [],
    attributions: [
      attributed('owned-by', { id: owner?.account_id, email: owner?.email_address }, 'platform-owner', {
        evidence: 'owner_account',
      }),
    ],
    gaps: { lastUsedAt: 'not-supported' },
  });
}

/** An app with OAuth has a secret, though that of a teammate’s app is shown to its owner alone. */
function clientSecret({ client_id: id, name, created_at: createdAt, oauth }: App): Item[] {
  if (!oauth) return [];
  return [
    credential({
      id: `app/${id}/client-secret`,
      name: `Client secret of ${name || id}`,
      type: 'client-secret',
      status: 'active',
      platform: PLATFORM,
      store: 'platform',
      createdAt,
      retrievable: oauth.secret || undefined,
      expiresAt: 'never',
      gaps: {
        lastUsedAt: 'not-supported',
        lastRotatedAt: 'not-supported',
        ...(!oauth.secret && { retrievable: 'denied' as const }),
      },
      links: [link('authenticates', 'identity', `app/${id}`)],
    }),
  ];
}

function callback({ client_id: id, name, callback_url: url }: App): Item[] {
  if (!url) return [];
  return [
    endpoint({
      id: `app/${id}/callback`,
      name: `Events of ${name || id}`,
      direction: 'outbound',
      platform: PLATFORM,
      type: 'event-webhook',
      // Events carry `event_hash`, an HMAC with the API key (https://developers.hellosign.com/docs/events/walkthrough/).
      authentication: 'signature',
      signed: true,
      payload: 'events',
      state: 'active',
      ...targetOf(url, 'callback_url'),
    }),
  ];
}
