import type { UsableFrom } from '../../src/formats/okta/api-token.ts';
import { appRecord, isClient } from '../../src/formats/okta/app.ts';
import {
  attributed,
  ifAllowed,
  Misfit,
  operation,
  type Attribution,
  type RecordOf,
  type Stream,
} from '../../src/sdk/index.ts';
import type { Config, Context } from './config.ts';
import { allOf, listedBySize } from './lists.ts';
import { listZones, reachOf } from './network.ts';
import { heldOf, listClientRoles, listPermissions, type Held } from './roles.ts';
import { listEvents, makersOfApps } from './system-log.ts';
import { Apps, Grants, type App, type Grant } from './schema.ts';
import { doubtUnlessWhole, sightAsk } from './sight.ts';
import { sharedPasswordOf } from '../../src/formats/okta/shared-password.ts';
import { need } from './scopes.ts';

const listApps = operation('GET /api/v1/apps', Apps);
const listGrants = operation('GET /api/v1/apps/{appId}/grants', Grants);

const APP = 'app/';

export const apps: Stream<Config> = {
  title:
    'Apps, active or not, with the Okta scopes and administrator roles that they were granted, and shared passwords',
  emits: ['identity', 'credential'],
  operations: [listApps, listGrants, listClientRoles, listPermissions, listZones, listEvents, ...sightAsk],
  requires: [need('okta.apps.read', 'it lists apps and how they sign in')],
  absence: 'means-gone',
  async *pages(ctx) {
    await doubtUnlessWhole(ctx);
    const reach = reachOf(ctx);
    const judge = heldOf(ctx);
    const makers = await makersOfApps(ctx);
    for await (const page of listedBySize(ctx, listApps, { query: { includeNonDeleted: true } })) {
      const learnt = new Map<string, Rights>();
      for (const app of page.elements)
        if (!(app instanceof Misfit))
          learnt.set(app.id, {
            ...(await rightsOf(ctx, app, judge)),
            ...(isClient(app) && { reach: await reach(clientOf(app).network) }),
          });
      yield page.map((app) => [itemOf(app, learnt.get(app.id) ?? {}, makers.get(app.id)), ...sharedPasswordOf(app)]);
    }
  },
};

interface Rights {
  reach?: UsableFrom;
  grants?: readonly Grant[];
  held?: Held;
}

const clientOf = (app: App) => ({ ...app.credentials?.oauthClient, ...app.settings?.oauthClient });

/** Only OAuth clients are granted scopes, and only those that act as themselves have roles. */
async function rightsOf(ctx: Context, app: App, judge: ReturnType<typeof heldOf>): Promise<Rights> {
  if (!isClient(app)) return { grants: [], held: await judge([]) };
  const { client_id: clientId, application_type: type } = clientOf(app);
  const name = app.label || app.id;
  const grants = await ifAllowed(ctx, `scopes of ${name}`, () => allOf(ctx, listGrants, { params: { appId: app.id } }));
  const roles =
    type === 'service' && clientId
      ? await ifAllowed(ctx, `roles of ${name}`, () => allOf(ctx, listClientRoles, { params: { clientId } }))
      : [];
  const held = roles && (await judge(roles));
  return {
    ...(grants && { grants: grants.filter(({ status }) => status !== 'REVOKED') }),
    ...(held && { held }),
  };
}

function itemOf(app: App, { grants, held, reach }: Rights, maker: Attribution | undefined) {
  const granted = grants?.flatMap(({ scopeId }) => scopeId || []);
  return appRecord(app, {
    scopes: granted && held ? [...new Set([...granted, ...held.roles])].toSorted() : 'denied',
    admin: held ? held.administers : 'denied',
    reach,
    attributions: [...approvals(grants ?? []), maker],
  });
}

/** Everybody who granted a scope, once. */
function approvals(grants: readonly Grant[]) {
  const by = new Map(
    grants.flatMap(({ createdBy, created, source }) =>
      source === 'ADMIN' && createdBy?.type === 'User' && createdBy.id ? [[createdBy.id, created] as const] : [],
    ),
  );
  return [...by].map(([id, at]) => attributed('approved-by', { id }, 'platform-owner', { at, evidence: 'grants' }));
}

/** The app that a stored record stands for; undefined for every other record. */
export function appOf({ id, tags }: RecordOf<'identity'>) {
  if (!id.startsWith(APP)) return undefined;
  const said = (name: string) => tags?.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1);
  return {
    appId: id.slice(APP.length),
    signOn: said('sign-on'),
    method: said('client-authentication'),
    signs: said('certificate'),
  };
}
