import { z } from 'zod';
import {
  endpoint,
  fitting,
  ifAllowed,
  link,
  listOf,
  operation,
  pagesOf,
  type Item,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';
import { hookOf } from './hook.ts';
import { keysOf, OAuth, oauthKey } from './hook-keys.ts';
import { count, flag, ids, listed, presence } from './words.ts';

const connectId = z.union([z.string().min(1), z.number()]);
/** `password` and `salesforceAuthcode` come with the answer; they are not read. */
const Configuration = z.object({
  connectId,
  name: z.string().nullish(),
  configurationType: z.string().nullish(),
  urlToPublishTo: z.string().nullish(),
  allowEnvelopePublish: flag(),
  disabledBy: z.string().nullish(),
  pausePublish: flag(),
  userName: presence(),
  includeHMAC: flag(),
  includeOAuth: flag(),
  oAuthConfiguration: OAuth.nullish(),
  requireMutualTls: flag(),
  signMessageWithX509Certificate: flag(),
  useSoapInterface: flag(),
  includeDocuments: flag(),
  includeCertificateOfCompletion: flag(),
  eventData: z.object({ version: z.string().nullish(), includeData: z.array(z.string()).nullish() }).nullish(),
  allUsers: flag(),
  allUsersExcept: flag(),
  userIds: ids(),
  groupIds: ids(),
  enableLog: flag(),
});
type Configuration = z.output<typeof Configuration>;

const listConfigurations = operation(
  'GET /v2.1/accounts/{accountId}/connect',
  z.object({ configurations: listOf(Configuration).nullish(), totalRecords: count() }),
);

/** One for all webhooks of the account that have none of their own. */
const readOAuth = operation('GET /v2.1/accounts/{accountId}/connect/oauth', OAuth);

/** Subject, e-mail and the address with its query come too; they are not read. */
const listFailures = operation(
  'GET /v2.1/accounts/{accountId}/connect/failures',
  z.object({ failures: listOf(z.object({ connectId: connectId.nullish() })).nullish(), totalRecords: count() }),
);

export const connect: Stream<Config> = {
  title: 'Connect configurations (webhooks) of the account',
  emits: ['endpoint', 'credential'],
  operations: [listConfigurations, listFailures, readOAuth],
  requires: [{ scope: 'signature', why: 'it lists where events and documents are sent, and how that is protected' }],
  absence: 'means-gone',
  pages,
};

async function* pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
  const { accountId } = ctx.config;
  const failing = await failingHooks(ctx);
  for await (const page of pagesOf(ctx, listConfigurations, {
    ask: { params: { accountId } },
    paging: { ask: () => ({}), next: () => undefined },
    elements: (body) => listed(body.configurations, body.totalRecords),
  })) {
    const hooks = fitting(ctx, page.elements);
    const records = hooks.flatMap((hook) => recordsOf(hook, failing, ctx.config));
    yield { items: [...records, ...(await sharedClient(hooks, ctx))] };
  }
}

/** The account's OAuth client, where a webhook proves itself with it. */
async function sharedClient(hooks: readonly Configuration[], ctx: StreamContext<Config>): Promise<Item[]> {
  const { accountId } = ctx.config;
  const users = hooks.filter((hook) => hook.includeOAuth === true && !hook.oAuthConfiguration?.clientId);
  if (users.length === 0) return [];
  const answer = await ifAllowed(ctx, 'OAuth client of webhooks', () =>
    ctx.http.read(readOAuth, { params: { accountId } }),
  );
  const endpoints = users.map(idOf);
  return [oauthKey({ id: 'connect', name: 'Connect:', oauth: answer?.body, endpoints, ...inAccount(ctx.config) })];
}

/** Webhooks with deliveries that failed and still wait, and whether all such were understood. */
interface Failing {
  hooks: ReadonlySet<string>;
  all: boolean;
}

/** Undefined where that is not for us to see. */
async function failingHooks(ctx: StreamContext<Config>): Promise<Failing | undefined> {
  const { accountId } = ctx.config;
  const answer = await ifAllowed(ctx, 'failed deliveries', () =>
    ctx.http.read(listFailures, { params: { accountId } }),
  );
  if (answer === undefined) return undefined;
  const { failures, totalRecords } = answer.body;
  if (!failures && totalRecords !== 0) {
    ctx.blind('failed deliveries', 'schema', 'the answer came without its list');
    return undefined;
  }
  const told = failures ?? [];
  const known = fitting(ctx, told);
  return {
    hooks: new Set(known.flatMap(({ connectId: id }) => (id ? String(id) : []))),
    all: known.length === told.length,
  };
}

function recordsOf(hook: Configuration, failing: Failing | undefined, config: Config): Item[] {
  const id = idOf(hook);
  const { links } = inAccount(config);
  // Whom it names is left out then: https://developers.docusign.com/docs/esign-rest-api/reference/connect/connectconfigurations/update
  const everybody = hook.allUsersExcept === true || hook.allUsers;
  const users = everybody === true ? [] : hook.userIds;
  const stopped = (hook.disabledBy ?? '') !== '';
  const record = endpoint({
    ...hookOf(hook),
    id,
    payload:
      hook.includeDocuments === true || hook.eventData?.includeData?.includes('documents') === true
        ? 'documents'
        : 'events',
    reach: everybody === undefined ? undefined : everybody ? 'all' : users.length === 1 ? 'one' : 'some',
    delivery: stopped ? 'stopped' : hook.pausePublish === true ? 'paused' : deliveryOf(hook, failing),
    logging: hook.enableLog === undefined ? undefined : { runs: hook.enableLog ? 'on' : 'off' },
    tags: [hook.configurationType, hook.includeCertificateOfCompletion === true ? 'certificate' : undefined].filter(
      (tag) => typeof tag === 'string',
    ),
    links: [
      ...links,
      ...users.map((user) => link('uses', 'person', user)),
      ...hook.groupIds.map((group) => link('uses', 'container', `group/${group}`)),
    ],
    gaps: {
      createdAt: 'not-supported',
      attributions: 'not-supported',
      lastUsedAt: 'not-supported',
      ...(failing === undefined && { delivery: 'denied' }),
    },
  });
  return [record, ...keysOf(hook, id, links)];
}

const idOf = ({ connectId: id }: Pick<Configuration, 'connectId'>): string => `connect/${id}`;

function deliveryOf({ connectId: id, enableLog }: Configuration, failing: Failing | undefined) {
  if (failing?.hooks.has(String(id)) === true) return 'failing' as const;
  // Without a log nobody can tell.
  return failing?.all === true && enableLog === true ? ('working' as const) : undefined;
}
