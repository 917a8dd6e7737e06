import { installationRecord } from '../../src/formats/github/installation.ts';
import { link, operation, type Instant, type Stream } from '../../src/sdk/index.ts';
import { listInstallations } from './access.ts';
import { listEvents, usesOfApps } from './audit-log.ts';
import type { Config, Context } from './config.ts';
import { installationId, organisationId } from './ids.ts';
import { listSubjects, requestsOfApps } from './insights.ts';
import { learnt, unlessMissing, wholePages } from './lists.ts';
import { app, type Installation } from './schema.ts';

const getApp = operation('GET /apps/{app_slug}', app);

export const installations: Stream<Config> = {
  title: 'GitHub Apps installed in the organisation, with their permissions',
  emits: ['identity'],
  operations: [listInstallations, getApp, listEvents, listSubjects],
  requires: [
    {
      scope: 'organization_administration:read',
      why: 'it lists the Apps that act here and what each may do; the audit log and API insights, where they are licensed, when they did',
      orElse: ['admin:org', 'read:org'],
    },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const ask = { params: { org: ctx.config.organisation } };
    const lastUse = usesOfApps(ctx);
    const lastRequests = await requestsOfApps(ctx);
    let [asked, told] = [0, 0];
    for await (const page of wholePages(ctx, listInstallations, ask, (body) => body.installations)) {
      const publishers = await learnt(page, (each) => publisherOf(ctx, each));
      asked += publishers.size;
      told += [...publishers.values()].filter((name) => name !== undefined).length;
      const uses = await learnt(page, ({ app_slug }) => lastUse(app_slug));
      yield page.map((each) => {
        const seen = [uses.get(each) ?? [], lastRequests.get(each.id) ?? []].flat();
        return installationItem(
          each,
          publishers.get(each),
          seen.length > 0 ? Math.max(...seen) : undefined,
          ctx.config,
        );
      });
    }
    // One App may well be private; that all of them are is no likely story.
    if (asked > 1 && told === 0) ctx.blind('publishers', 'not-found', 'none of the Apps told who publishes it');
  },
};

function installationItem(
  each: Installation,
  publisher: string | undefined,
  lastUsedAt: Instant | undefined,
  { organisation, auditLog, apiInsights }: Config,
) {
  return installationRecord(each, {
    id: installationId(each),
    organisation,
    publisher,
    lastUsedAt,
    grantedTo: link('granted-to', 'container', organisationId),
    gaps: {
      ...(lastUsedAt === undefined && {
        lastUsedAt: auditLog || apiInsights ? ('not-seen' as const) : ('not-supported' as const),
      }),
      ...(publisher === undefined && { publisher: 'denied' as const, thirdParty: 'denied' as const }),
    },
  });
}

/** A private App of somebody else shows itself to nobody. */
async function publisherOf({ http }: Context, { app_slug }: Installation): Promise<string | undefined> {
  const answer = await unlessMissing(() => http.read(getApp, { params: { app_slug } }));
  const { login, slug, name } = answer?.body?.owner ?? {};
  return login ?? slug ?? name ?? undefined;
}
