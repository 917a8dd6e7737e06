import {
  fitting,
  ifAllowed,
  listOf,
  operation,
  pagesOf,
  perParent,
  SourceError,
  type Page,
  type RecordOf,
  type Stream,
} from '../../src/sdk/index.ts';
import { answer, cursorPages, listed, pageOf } from './answers.ts';
import { AppConfig, Request, Resolution, requestItem, resolutionItem } from './app-item.ts';
import type { Config, Context } from './config.ts';
import { inTurn } from './turns.ts';

const listApproved = operation(
  'GET /admin.apps.approved.list',
  pageOf({ approved_apps: listOf(Resolution).nullish() }),
);
const listRestricted = operation(
  'GET /admin.apps.restricted.list',
  pageOf({ restricted_apps: listOf(Resolution).nullish() }),
);
const listRequests = operation('GET /admin.apps.requests.list', pageOf({ app_requests: listOf(Request).nullish() }));
const lookUpConfigs = operation('POST /admin.apps.config.lookup', answer({ configs: listOf(AppConfig).nullish() }));

const needed = (why: string) => [{ scope: 'admin.apps:read', why, orElse: ['admin.apps:write'] }];

export const approved: Stream<Config> = {
  title: 'Apps that may be installed, for the organisation and each workspace',
  emits: ['identity'],
  operations: [listApproved, lookUpConfigs],
  requires: needed('it lists what was approved, by whom, and with which scopes'),
  after: ['workspaces'],
  absence: 'means-gone',
  pages: (ctx) =>
    perPlace(ctx, (place, certified, inner) => {
      // The settings of a page's apps are asked for at once.
      const paging = cursorPages(Math.min(inner.config.pageSize, 50));
      const ask = { query: { ...place.query, certified } };
      const elements = (body: { approved_apps?: Resolution[] | null | undefined }) =>
        listed(body.approved_apps, 'approved_apps');
      return withConfigs(pagesOf(inner, listApproved, { ask, paging, elements }), place.id, inner);
    }),
};

type Resolution = Parameters<typeof resolutionItem>[0];

/** The settings of the apps of a page take one more request. */
async function* withConfigs(
  pages: AsyncIterable<{ elements: readonly Resolution[]; next: Page['next'] }>,
  place: string,
  ctx: Context,
): AsyncGenerator<Page> {
  for await (const { elements, next } of pages) {
    const apps = fitting(ctx, elements);
    const configs = await configsOf(
      ctx,
      apps.map(({ app }) => app.id),
    );
    const items = apps.map((each) =>
      resolutionItem(each, { place, verdict: 'approved', config: configs.get(each.app.id) }),
    );
    yield { items, ...(next !== undefined && { next }) };
  }
}

async function configsOf(ctx: Context, apps: readonly string[]) {
  if (apps.length === 0) return new Map<string, never>();
  const form = { app_ids: apps.join(',') };
  const answered = await ifAllowed(ctx, 'settings of apps', () => ctx.http.read(lookUpConfigs, { form }));
  const configs = answered === undefined ? [] : fitting(ctx, listed(answered.body.configs, 'configs'));
  if (!configs.every(({ app_id: id }) => apps.includes(id)))
    throw new SourceError('schema', 'Slack told the settings of other apps than it was asked about');
  return new Map(configs.map((config) => [config.app_id, config]));
}

export const restricted: Stream<Config> = {
  title: 'Apps that may not be installed',
  emits: ['identity'],
  operations: [listRestricted],
  requires: needed('it lists what was refused; a restricted app may have been in use before'),
  after: ['workspaces'],
  absence: 'means-gone',
  pages: (ctx) =>
    perPlace(ctx, async function* (place, certified, inner) {
      const options = {
        ask: { query: { ...place.query, certified } },
        paging: cursorPages(inner.config.pageSize),
        elements: (body: { restricted_apps?: Resolution[] | null | undefined }) =>
          listed(body.restricted_apps, 'restricted_apps'),
      };
      for await (const page of pagesOf(inner, listRestricted, options))
        yield page.map((each) => resolutionItem(each, { place: place.id, verdict: 'restricted' }));
    }),
};

export const requests: Stream<Config> = {
  title: 'Apps that somebody asked for, and why',
  emits: ['identity'],
  operations: [listRequests],
  requires: needed('it shows what is asked for before somebody approves it'),
  after: ['workspaces'],
  absence: 'means-gone',
  pages: (ctx) =>
    perParent(ctx, 'container', async function* (parent, inner) {
      const place = placeIn(parent);
      const options = {
        ask: { query: { ...place.query, certified: true } },
        paging: cursorPages(inner.config.pageSize),
        elements: (body: { app_requests?: Parameters<typeof requestItem>[0][] | null | undefined }) =>
          listed(body.app_requests, 'app_requests'),
      };
      for await (const page of pagesOf(inner, listRequests, options))
        yield page.map((each) => requestItem(each, place.id));
    }),
};

interface Place {
  id: string;
  query: { enterprise_id: string } | { team_id: string };
}

function placeIn({ id }: RecordOf<'container'>): Place {
  const [kind, own = ''] = id.split('/');
  return { id, query: kind === 'enterprise' ? { enterprise_id: own } : { team_id: own } };
}

/** Each place twice: apps that Slack certified are on a list of their own, which nobody gets without asking for it. */
function perPlace(
  ctx: Context,
  pages: (place: Place, certified: boolean, ctx: Context) => AsyncIterable<Page>,
): AsyncGenerator<Page> {
  return perParent(ctx, 'container', (parent, outer) =>
    inTurn(outer, [false, true], (certified, inner) => pages(placeIn(parent), certified, inner)),
  );
}
