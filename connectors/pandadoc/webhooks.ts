import { targetOf } from '../../src/formats/hosts.ts';
import { z } from 'zod';
import {
  credential,
  endpoint,
  link,
  listOf,
  operation,
  pagesOf,
  type Endpoint,
  type Item,
  type Stream,
} from '../../src/sdk/index.ts';
import { inOnePage, PLATFORM, type Config } from './config.ts';
import { ofOneWorkspace, readMyself, readUser } from './myself.ts';
import { deliveries, deliveryOf, listEvents, untold, type Delivered } from './deliveries.ts';

const Subscription = z.object({
  uuid: z.string().nullish(),
  name: z.string().nullish(),
  url: z.string().nullish(),
  active: z.boolean().nullish(),
  status: z.string().nullish(),
  payload: z.array(z.string()).nullish(),
  triggers: z.array(z.string()).nullish(),
  workspace_id: z.string().nullish(),
  // In clear in the answer: only whether there is one gets further.
  shared_key: z
    .string()
    .nullish()
    .transform((value) => typeof value === 'string' && value !== ''),
});
type Subscription = z.output<typeof Subscription>;

const listSubscriptions = operation('GET /public/v1/webhook-subscriptions', z.object({ items: listOf(Subscription) }));

/** Every event is signed with the shared key, which every administrator's key can read. */
export const webhooks: Stream<Config> = {
  title: 'Webhook subscriptions, their shared keys and whether events arrive',
  emits: ['endpoint', 'credential'],
  operations: [listSubscriptions, listEvents, readMyself, readUser],
  requires: [{ scope: 'workspace admin', why: 'webhooks send out what is in documents' }],
  absence: 'means-gone',
  pages: ofOneWorkspace(async function* (ctx) {
    const told = await deliveries(ctx);
    // At most 300 a workspace, in one answer: https://developers.pandadoc.com/docs/webhooks
    for await (const page of pagesOf(ctx, listSubscriptions, { paging: inOnePage, elements: ({ items }) => items })) {
      const names = page.elements.map(({ name }) => name);
      yield page.map((each) => {
        const { uuid: id, name } = each;
        if (!id) {
          ctx.blind(each.workspace_id ?? 'a workspace', 'schema', 'a webhook subscription has no id');
          return [];
        }
        // Deliveries are told by the subscription's name: two of the same name cannot be told apart.
        const alone = names.filter((other) => other === name).length === 1;
        const delivered = alone ? deliveryOf(told, name) : untold('not-supported');
        return [hook(id, each, delivered), ...sharedKey(id, each)];
      });
    }
  }),
};

function hook(id: string, subscription: Subscription, { lastUsedAt, delivery, gap }: Delivered): Item {
  const { name, url, status, payload, triggers, workspace_id: at, shared_key: signs } = subscription;
  return endpoint({
    id: `webhook/${id}`,
    name: name || `Webhook ${id}`,
    direction: 'outbound',
    platform: PLATFORM,
    type: 'event-webhook',
    // `signature` is part of every call, made with the shared key: https://developers.pandadoc.com/docs/webhook-verification
    authentication: signs ? 'signature' : 'unknown',
    signed: signs || undefined,
    payload: payload ? (payload.length > 0 ? 'documents' : 'events') : 'unknown',
    reach: 'some',
    state: stateOf(subscription),
    delivery: stopped(status) ?? delivery,
    lastUsedAt,
    tags: (triggers ?? []).toSorted(),
    links: at ? [link('contained-in', 'container', `workspace/${at}`)] : [],
    gaps: {
      createdAt: 'not-supported',
      attributions: 'not-supported',
      ...(!signs && { signed: 'not-seen' }),
      ...(gap !== undefined && { lastUsedAt: gap, ...(!stopped(status) && { delivery: gap }) }),
    },
    ...targetOf(url, 'url'),
  });
}

const states = { ACTIVE: 'active', INACTIVE: 'inactive', DEACTIVATED: 'inactive' } as const;

/** A status that is none of these says nothing: then `active` does, where it is there. */
function stateOf({ status, active }: Subscription): 'active' | 'inactive' | 'unknown' {
  const known = Object.entries(states).find(([name]) => name === status)?.[1];
  if (known !== undefined) return known;
  return typeof active === 'boolean' ? (active ? 'active' : 'inactive') : 'unknown';
}

/** DEACTIVATED is what the platform does after too many failures; INACTIVE is what people do. */
function stopped(status: string | null | undefined): Endpoint['delivery'] {
  return status === 'DEACTIVATED' ? 'stopped' : status === 'INACTIVE' ? 'paused' : undefined;
}

function sharedKey(id: string, subscription: Subscription): Item[] {
  const { name, shared_key: there } = subscription;
  if (!there) return [];
  return [
    credential({
      id: `webhook/${id}/shared-key`,
      name: `Shared key of ${name || id}`,
      type: 'webhook-secret',
      status: stateOf(subscription),
      platform: PLATFORM,
      store: 'platform',
      retrievable: true,
      expiresAt: 'never',
      gaps: { createdAt: 'not-supported', lastUsedAt: 'not-supported', lastRotatedAt: 'not-supported' },
      links: [link('authenticates', 'endpoint', `webhook/${id}`)],
    }),
  ];
}
