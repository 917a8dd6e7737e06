import { z } from 'zod';
import { literalTarget } from '../../src/formats/hosts.ts';
import {
  credential,
  listOf,
  operation,
  pagesOf,
  type Item,
  type Json,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { byCursor, type Config, inAccount, PageInfo } from './config.ts';

/** https://developer.adobe.com/acrobat-sign/docs/overview/developer_guide/webhook-endpoint-api */
const Endpoint = z.object({
  webhookEndpointId: z.string().min(1),
  name: z.string().nullish(),
  oAuth20: z
    .object({
      authorizationServerUrl: z.string().nullish(),
      clientId: z.string().nullish(),
      scope: z.string().nullish(),
      customHeaders: z
        .array(z.object({ headerName: z.string().nullish(), headerValue: z.string().nullish() }))
        .nullish(),
    })
    .nullish(),
});
type Endpoint = z.output<typeof Endpoint>;

const listEndpoints = operation(
  'GET /webhookEndpoints',
  z.object({ page: PageInfo, webhookEndpointList: listOf(Endpoint) }),
  { means: { 402: 'not-licensed', 404: 'not-licensed' } },
);

export const webhookEndpoints: Stream<Config> = {
  title: 'OAuth clients with which webhooks prove themselves',
  emits: ['credential'],
  operations: [listEndpoints],
  requires: [{ scope: 'webhook_read:account', why: 'it shows clients and custom headers; secrets are not given out' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    for await (const page of pagesOf(ctx, listEndpoints, {
      ask: { query: { pageSize: ctx.config.pageSize } },
      paging: byCursor(),
      elements: (body) => body.webhookEndpointList,
    })) {
      yield page.map((each) => credentialOf(each));
    }
  },
};

function credentialOf({ webhookEndpointId: id, name, oAuth20: oauth }: Endpoint): Item {
  const server = literalTarget(oauth?.authorizationServerUrl ?? undefined);
  return credential({
    id: `webhook-endpoint/${id}`,
    name: name || id,
    type: 'client-secret',
    status: 'active',
    ...inAccount,
    store: 'platform',
    scopes: oauth?.scope ? oauth.scope.split(/[\s,]+/) : undefined,
    allowedHosts: server && [server.host],
    tags: oauth?.clientId ? [`client:${oauth.clientId}`] : [],
    gaps: {
      createdAt: 'not-supported',
      expiresAt: 'not-supported',
      lastUsedAt: 'not-supported',
      lastRotatedAt: 'not-supported',
    },
    contents: [{ place: 'configuration', tree: headersOf(oauth?.customHeaders ?? []) }],
  });
}

function headersOf(headers: NonNullable<NonNullable<Endpoint['oAuth20']>['customHeaders']>): Json {
  return headers.map(({ headerName: name, headerValue: value }) => ({ name: name ?? '', value: value ?? '' }));
}
