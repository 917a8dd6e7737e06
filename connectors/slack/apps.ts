import {
  fitting,
  ifAllowed,
  listOf,
  operation,
  SourceError,
  type Credential,
  type Gap,
  type Stream,
} from '../../src/sdk/index.ts';
import { authTest, placeOf } from './access.ts';
import { answer, listed } from './answers.ts';
import { AppConfig, appItem, isGiven, type Told } from './app-item.ts';
import { listAuditEvents, preservedTokens } from './audit-log.ts';
import type { Config, Context } from './config.ts';
import { decisionsOf, listApproved, listRequests, listRestricted } from './decisions.ts';
import { grantedApp } from './ids.ts';

const lookUpConfigs = operation('POST /admin.apps.config.lookup', answer({ configs: listOf(AppConfig).nullish() }));

/** Apps a page; the settings of so many are asked for at once. */
const APPS = 50;

/** An app is one record, whichever of the lists and logs know of it. */
export const apps: Stream<Config> = {
  title: 'Apps: who approved, restricted or asked for them, who installed them where, and what they may do',
  emits: ['identity'],
  operations: [authTest, listApproved, listRestricted, listRequests, lookUpConfigs, listAuditEvents],
  requires: [
    {
      scope: 'admin.apps:read',
      why: 'it lists what was approved, by whom and with which scopes, what was refused, and what is asked for',
      // Without an Enterprise plan there are no such lists, and the log of changes alone says what is installed.
      orElse: ['admin.apps:write', 'admin'],
    },
  ],
  after: ['workspaces'],
  joins: ['installations'],
  absence: 'means-gone',
  async *pages(ctx) {
    const { told, untold } = await decided(ctx);
    const installed = await installedApps(ctx);
    const preserved = await preservedTokens(ctx);
    const from = typeof ctx.resume === 'string' ? ctx.resume : '';
    // What is installed nowhere any more stays on the roll where a list still decides about it.
    const inUse = [...installed].flatMap(([id, { grants }]) => (grants.some(isGiven) ? id : []));
    const ids = [...new Set([...told.keys(), ...inUse])].filter((id) => id > from).toSorted();
    for (let at = 0; at < ids.length; at += APPS) {
      const some = ids.slice(at, at + APPS);
      const configs = await configsOf(
        ctx,
        some.filter((id) => told.get(id)?.some(({ verdict }) => verdict === 'approved')),
      );
      const items = some.map((id) =>
        appItem({
          id,
          name: installed.get(id)?.name,
          told: told.get(id) ?? [],
          grants: installed.get(id)?.grants ?? [],
          config: configs.get(id),
          preserved: preserved.has(id),
          untold,
        }),
      );
      const last = some.at(-1);
      yield { items, ...(at + APPS < ids.length && last !== undefined && { next: last }) };
    }
  },
};

/** What was decided about apps, and why nothing is known of the others. */
async function decided(ctx: Context): Promise<{ told: ReadonlyMap<string, readonly Told[]>; untold: Gap }> {
  const { enterprise } = await placeOf(ctx);
  if (enterprise === undefined) {
    const detail = 'only an Enterprise organisation lists approved, restricted and requested apps';
    ctx.blind('approved, restricted and requested apps', 'not-licensed', detail, 'expected');
    return { told: new Map(), untold: 'not-licensed' };
  }
  const { apps: told, approvalsRead } = await decisionsOf(ctx);
  return { told, untold: approvalsRead ? 'not-seen' : 'denied' };
}

interface Installed {
  name: string;
  grants: readonly Credential[];
}

/** What workspaces gave each app, as it is stored: a log that could not be read this time takes nothing away. */
async function installedApps(ctx: Context): Promise<ReadonlyMap<string, Installed>> {
  const found = new Map<string, Installed>();
  for await (const grant of ctx.parents('credential')) {
    const app = grantedApp(grant);
    if (app === undefined) continue;
    const { name, grants } = found.get(app.id) ?? { name: app.name, grants: [] };
    found.set(app.id, { name, grants: [...grants, grant] });
  }
  return found;
}

async function configsOf(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, AppConfig>> {
  if (ids.length === 0) return new Map();
  const form = { app_ids: ids.join(',') };
  const answered = await ifAllowed(ctx, 'settings of apps', () => ctx.http.read(lookUpConfigs, { form }));
  const configs = answered === undefined ? [] : fitting(ctx, listed(answered.body.configs, 'configs'));
  if (!configs.every(({ app_id: id }) => ids.includes(id)))
    throw new SourceError('schema', 'Slack told the settings of other apps than it was asked about');
  return new Map(configs.map((config) => [config.app_id, config]));
}
