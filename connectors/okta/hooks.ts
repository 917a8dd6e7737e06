import { literalTarget } from '../../src/formats/hosts.ts';
import { attributed, endpoint, operation, type Content, type Stream } from '../../src/sdk/index.ts';
import { PLATFORM, type Config } from './config.ts';
import { listed, listedBySize } from './lists.ts';
import { EventHooks, InlineHooks, LogStreams, type Hook } from './schema.ts';
import { need } from './scopes.ts';

const listEventHooks = operation('GET /api/v1/eventHooks', EventHooks);
const listInlineHooks = operation('GET /api/v1/inlineHooks', InlineHooks);
const listLogStreams = operation('GET /api/v1/logStreams', LogStreams);

const common = { emits: ['endpoint'], absence: 'means-gone' } as const;

export const eventHooks: Stream<Config> = {
  ...common,
  title: 'Event hooks: where Okta sends its events',
  operations: [listEventHooks],
  requires: [need('okta.eventHooks.read', 'it says where events go, and how the receiver knows them')],
  async *pages(ctx) {
    for await (const page of listed(ctx, listEventHooks))
      yield page.map(({ createdBy, verificationStatus, ...hook }) =>
        endpoint({
          ...targetOf(hook),
          id: `event-hook/${hook.id}`,
          type: 'event-webhook',
          payload: 'events',
          // https://developer.okta.com/docs/concepts/event-hooks/: nothing is sent to what was not verified.
          delivery: verificationStatus === 'UNVERIFIED' ? 'stopped' : undefined,
          attributions: [attributed('created-by', { id: createdBy }, 'creator-field', { evidence: 'createdBy' })],
        }),
      );
  },
};

export const inlineHooks: Stream<Config> = {
  ...common,
  title: 'Inline hooks: what Okta asks before it signs people in or issues tokens',
  operations: [listInlineHooks],
  requires: [need('okta.inlineHooks.read', 'whoever answers decides over sign-ins and tokens')],
  async *pages(ctx) {
    for await (const page of listed(ctx, listInlineHooks))
      yield page.map((hook) =>
        endpoint({
          ...targetOf(hook),
          id: `inline-hook/${hook.id}`,
          type: 'http-call',
          payload: 'events',
          tags: hook.type ? [`hook:${hook.type}`] : [],
        }),
      );
  },
};

export const logStreams: Stream<Config> = {
  ...common,
  title: 'Log streams: where the system log goes',
  operations: [listLogStreams],
  requires: [need('okta.logStreams.read', 'the log tells who does what')],
  async *pages(ctx) {
    for await (const page of listedBySize(ctx, listLogStreams))
      yield page.map(({ settings, type, ...stream }) =>
        endpoint({
          ...shared(stream),
          id: `log-stream/${stream.id}`,
          type: 'event-webhook',
          payload: 'events',
          // Splunk takes a token; EventBridge knows Okta as a partner.
          authentication: type === 'splunk_cloud_logstreaming' ? 'header' : 'unknown',
          host: settings?.host ?? undefined,
          scheme: 'https',
          // It gets the log as a whole or not at all.
          gaps: { ...shared(stream).gaps, reach: 'not-supported' },
          tags: [type, settings?.accountId && `account:${settings.accountId}`].flatMap((tag) => tag || []),
        }),
      );
  },
};

function shared({ id, name, status, created, lastUpdated }: Omit<Hook, 'channel'>) {
  return {
    name: name || id,
    direction: 'outbound',
    platform: PLATFORM,
    state: status === 'ACTIVE' ? 'active' : 'inactive',
    createdAt: created,
    updatedAt: lastUpdated,
    gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' },
  } as const;
}

function targetOf({ channel, ...hook }: Hook) {
  const { uri, headers } = channel?.config ?? {};
  const target = literalTarget(uri ?? '');
  const added = Object.fromEntries((headers ?? []).map((each) => [each?.key ?? '', each?.value ?? '']));
  const contents: Content[] = [{ place: 'configuration', tree: { ...(uri && { uri }), headers: added } }];
  return {
    ...shared(hook),
    reach: 'all',
    authentication: authenticationOf(channel),
    // Okta does not sign what it sends: the header alone tells the receiver who asks.
    signed: false,
    host: target?.host,
    scheme: target?.scheme,
    addresses: target?.addresses,
    contents,
  } as const;
}

/** A header that people added may be what proves who asks, or anything else. */
function authenticationOf(channel: Hook['channel']) {
  const { authScheme, headers } = channel?.config ?? {};
  if (channel?.type === 'OAUTH') return 'oauth';
  if (authScheme?.key) return 'header';
  return headers && headers.length > 0 ? 'unknown' : 'none';
}
