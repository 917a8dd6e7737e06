import { z } from 'zod';
import { literalTarget } from '../../src/formats/hosts.ts';
import {
  attributed,
  endpoint,
  ifAllowed,
  link,
  listOf,
  operation,
  time,
  type Item,
  type Person,
  type Stream,
} from '../../src/sdk/index.ts';
import { as, type Config, inAccount, PageInfo, PLATFORM } from './config.ts';
import { perUser } from './per-user.ts';

const Webhook = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  scope: z.string().nullish(),
  status: z.string().nullish(),
  lastModified: time(),
  applicationName: z.string().nullish(),
  applicationDisplayName: z.string().nullish(),
  webhookUrlInfo: z.object({ url: z.string().nullish() }).nullish(),
  /** What stands behind the address of the endpoint may be a key, too. */
  webhookEndpointInfo: z.object({ webhookEndpointId: z.string().nullish(), urlSuffix: z.string().nullish() }).nullish(),
});
type Webhook = z.output<typeof Webhook>;

const listWebhooks = operation('GET /webhooks', z.object({ page: PageInfo, userWebhookList: listOf(Webhook) }));

const Conditions = z.object({ includeSignedDocuments: z.boolean().nullish() });
const readWebhook = operation(
  'GET /webhooks/{webhookId}',
  z.object({
    created: time(),
    webhookConditionalParams: z.object({ webhookAgreementEvents: Conditions.nullish() }).nullish(),
  }),
);
type Detail = z.output<(typeof readWebhook)['answer']>;

export const webhooks: Stream<Config> = {
  title: 'Webhooks of every user, inactive ones included',
  emits: ['endpoint'],
  operations: [listWebhooks, readWebhook],
  requires: [{ scope: 'webhook_read:account', why: 'each user’s webhooks are shown to that user alone' }],
  after: ['users'],
  absence: 'means-gone',
  pages: (context) =>
    perUser(context, {
      operation: listWebhooks,
      // The API description and the guide spell the parameter differently: https://developer.adobe.com/acrobat-sign/docs/overview/developer_guide/webhookapis
      query: { showInActiveWebhooks: true, showInactiveWebhooks: true },
      elements: (body) => body.userWebhookList,
      async map(hook, user, ctx) {
        const ask = { ...as(user), params: { webhookId: hook.id } };
        const detail = await ifAllowed(ctx, hook.name || hook.id, () => ctx.http.read(readWebhook, ask));
        return [endpointOf(hook, detail?.body, user)];
      },
    }),
};

function endpointOf(hook: Webhook, detail: Detail | undefined, user: Person): Item {
  const url = hook.webhookUrlInfo?.url;
  const target = literalTarget(url ?? undefined);
  const { webhookEndpointId: secured, urlSuffix } = hook.webhookEndpointInfo ?? {};
  return endpoint({
    id: `webhook/${hook.id}`,
    name: hook.name || hook.id,
    direction: 'outbound',
    platform: PLATFORM,
    type: 'event-webhook',
    // The id of the application comes in a header, and nothing is signed; with an endpoint of its own there is OAuth.
    authentication: secured ? 'oauth' : 'header',
    host: target?.host,
    scheme: target?.scheme,
    addresses: target?.addresses,
    payload: payloadOf(detail),
    reach: hook.scope ? (reaches[hook.scope] ?? 'some') : undefined,
    state: hook.status === 'ACTIVE' ? 'active' : hook.status === 'INACTIVE' ? 'inactive' : 'unknown',
    createdAt: detail?.created,
    updatedAt: hook.lastModified,
    tags: [hook.applicationDisplayName || hook.applicationName].filter((tag) => typeof tag === 'string'),
    attributions: [
      attributed('created-by', { id: user.id, email: user.emails?.[0] }, 'creator-field', { evidence: 'x-api-user' }),
    ],
    links: [...inAccount.links, ...(secured ? [link('uses', 'credential', `webhook-endpoint/${secured}`)] : [])],
    gaps: {
      signed: 'not-supported',
      lastUsedAt: 'not-supported',
      delivery: 'not-supported',
      ...(target === undefined && { host: 'not-seen' }),
      ...(detail === undefined && { payload: 'denied', createdAt: 'denied' }),
    },
    contents: [{ place: 'configuration', tree: { url: url ?? '', urlSuffix: urlSuffix ?? '' } }],
  });
}

const reaches: { readonly [scope: string]: 'all' | 'some' | 'one' } = {
  ACCOUNT: 'all',
  GROUP: 'some',
  USER: 'one',
  RESOURCE: 'one',
};

function payloadOf(detail: Detail | undefined): 'documents' | 'events' | undefined {
  if (detail === undefined) return undefined;
  const events = detail.webhookConditionalParams?.webhookAgreementEvents;
  return events?.includeSignedDocuments === true ? 'documents' : 'events';
}
