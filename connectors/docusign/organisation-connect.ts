import { z } from 'zod';
import {
  endpoint,
  fitting,
  ifAllowed,
  link,
  listOf,
  operation,
  perParent,
  type Item,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { accountsReadBy, type Config } from './config.ts';
import { hookOf } from './hook.ts';
import { OAuth, oauthKey } from './hook-keys.ts';
import { admin, organisationId } from './organisation.ts';
import { count, flag, listed } from './words.ts';

const Listed = z.object({
  connectId: z.string().min(1),
  name: z.string().nullish(),
  accountId: z.string().nullish(),
  configurationType: z.string().nullish(),
  disabledBy: z.string().nullish(),
  pausePublish: flag(),
});
type Listed = z.output<typeof Listed>;

const listConfigurations = operation(
  'GET /v2/organizations/{organizationId}/connect',
  z.object({ configurations: listOf(Listed).nullish(), totalSetSize: count() }),
  admin,
);

const Detail = z.object({
  connectId: z.string().min(1),
  name: z.string().nullish(),
  urlToPublishTo: z.string().nullish(),
  allowEnvelopePublish: flag(),
  includeHMAC: flag(),
  includeOAuth: flag(),
  signMessageWithX509Certificate: flag(),
  pausePublish: flag(),
  accountIds: z.array(z.string()).nullish(),
  eventData: z.object({ version: z.string().nullish(), includeData: z.array(z.string()).nullish() }).nullish(),
});
type Detail = z.output<typeof Detail>;

const readConfiguration = operation('GET /v2/organizations/{organizationId}/connect/{connectId}', Detail, admin);

/** https://developers.docusign.com/docs/admin-api/reference/organization/connect/getorganizationconnectoauthconfiguration */
const readOAuth = operation('GET /v2/organizations/{organizationId}/connect/oauth', OAuth, admin);
const oauthScope = 'connect_org_oauth_read_api';

export const organisationConnect: Stream<Config> = {
  title: 'Connect configurations (webhooks) of the organisation and its other accounts',
  emits: ['endpoint', 'credential'],
  operations: [listConfigurations, readConfiguration, readOAuth],
  requires: [{ scope: 'connect_org_config_read_api', why: 'a webhook of the organisation hears all its accounts' }],
  after: ['organisations'],
  absence: 'means-gone',
  pages: (context) =>
    perParent(context, 'container', async function* (parent, ctx) {
      if (parent.type !== 'organisation') return;
      const organizationId = organisationId(parent.id);
      const { body } = await ctx.http.read(listConfigurations, { params: { organizationId } });
      const elsewhere = accountsReadBy(ctx.config);
      const items: Item[] = [];
      const withOAuth: string[] = [];
      for (const hook of fitting(ctx, listed(body.configurations, body.totalSetSize))) {
        // Those of an account are read with more detail where it lists them itself.
        if (elsewhere.has(hook.accountId?.toLowerCase() ?? '')) continue;
        const params = { organizationId, connectId: hook.connectId };
        const detail = await ifAllowed(ctx, hook.name || hook.connectId, () =>
          ctx.http.read(readConfiguration, { params }),
        );
        if (!detail) continue;
        const record = endpointOf({ ...hook, ...detail.body }, parent.id);
        items.push(record);
        if (detail.body.includeOAuth === true) withOAuth.push(record.record.id);
      }
      if (withOAuth.length > 0) items.push(await clientOf(organizationId, parent.id, withOAuth, ctx));
      yield { items };
    }),
};

/** The organisation's OAuth client; the scope that shows it is no must for the list of webhooks. */
async function clientOf(
  organizationId: string,
  organisation: string,
  endpoints: readonly string[],
  ctx: StreamContext<Config>,
): Promise<Item> {
  const answer = ctx.config.scopes.includes(oauthScope)
    ? await ifAllowed(ctx, 'OAuth client of webhooks', () => ctx.http.read(readOAuth, { params: { organizationId } }))
    : undefined;
  const links = [link('contained-in', 'container', organisation)];
  return oauthKey({
    id: `organisation-connect/${organizationId}`,
    name: 'Connect of the organisation:',
    oauth: answer?.body,
    endpoints,
    links,
  });
}

function endpointOf(hook: Listed & Detail, organisation: string): Item {
  const stopped = (hook.disabledBy ?? '') !== '';
  const accounts = hook.accountId ? [hook.accountId] : (hook.accountIds ?? []);
  return endpoint({
    ...hookOf(hook),
    id: `organisation-connect/${hook.connectId}`,
    payload: hook.eventData?.includeData?.includes('documents') === true ? 'documents' : 'events',
    delivery: stopped ? 'stopped' : hook.pausePublish === true ? 'paused' : undefined,
    links: [
      link('contained-in', 'container', hook.accountId || organisation),
      ...accounts.map((account) => link('uses', 'container', account)),
    ],
    gaps: {
      createdAt: 'not-supported',
      attributions: 'not-supported',
      lastUsedAt: 'not-supported',
      reach: 'not-supported',
    },
  });
}
