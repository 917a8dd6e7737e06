import type { z } from 'zod';
import { container, fitting, identity, operation, SourceError } from '../../src/sdk/index.ts';
import type { Stream, StreamContext } from '../../src/sdk/index.ts';
import { hostOf, pageUrl, type N8nConfig } from './config.ts';
import { Audit, PackageList, PendingChanges } from './schema.ts';
import { ifOffered } from './soft.ts';

const generateAudit = operation('POST /audit', Audit);
const listPackages = operation('GET /community-packages', PackageList);
const pendingChanges = operation('GET /source-control/status', PendingChanges, { means: { 400: 'not-found' } });

/** How the instance is set up, as its own audit tells. */
export const instance: Stream<N8nConfig> = {
  title: 'Instance',
  emits: ['container'],
  operations: [generateAudit],
  requires: [
    {
      scope: 'securityAudit:generate',
      why: 'n8n tells its security settings only in its audit, which reads and changes nothing',
    },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    // Nothing but the category: a number of days would be written into the running instance's settings.
    const json = { additionalOptions: { categories: ['instance'] } };
    const { body } = await ctx.http.read(generateAudit, { json });
    const record = container({
      id: 'instance',
      name: hostOf(ctx.config),
      type: 'instance',
      platform: 'n8n',
      url: pageUrl(ctx.config),
      policies: policiesOf(body),
    });
    yield { items: [record] };
  },
};

type Policies = Record<string, boolean | string>;

function policiesOf(audit: z.output<typeof Audit>): Policies {
  const sections = Array.isArray(audit) ? [] : (audit['Instance Risk Report']?.sections ?? []);
  const newer = sections.flatMap(({ nextVersions }) => nextVersions ?? []);
  const settings = sections.find((section) => section.settings)?.settings;
  const told: { [name: string]: boolean | string | null | undefined } = {
    communityPackages: settings?.features?.communityPackagesEnabled,
    publicApi: settings?.features?.publicApiEnabled,
    templates: settings?.features?.templatesEnabled,
    nodesExcluded: settings?.nodes?.nodesExclude,
    nodesIncluded: settings?.nodes?.nodesInclude,
    diagnostics: settings?.telemetry?.diagnosticsEnabled,
    // The instance asks its vendor; behind a firewall it cannot, and then says nothing.
    outdated: newer.length > 0 || undefined,
    securityUpdateMissing:
      newer.some(({ hasSecurityIssue, hasSecurityFix }) => hasSecurityIssue === true || hasSecurityFix === true) ||
      undefined,
  };
  return Object.fromEntries(
    Object.entries(told).filter((entry): entry is [string, boolean | string] => entry[1] != null),
  );
}

/** Nodes from npm that strangers wrote: they run inside n8n with the credentials of every step that uses them. */
export const communityPackages: Stream<N8nConfig> = {
  title: 'Community packages',
  emits: ['identity'],
  operations: [listPackages],
  requires: [{ scope: 'communityPackage:list', why: 'code of strangers runs with the credentials of workflows' }],
  absence: 'means-gone',
  pages: ifOffered('community packages', '2.20', async function* (ctx) {
    const { body } = await ctx.http.read(listPackages);
    const items = fitting(ctx, body).map((one) =>
      identity({
        id: `community-packages/${one.packageName}`,
        name: one.packageName,
        type: 'integration',
        status: one.failedLoading === true ? 'disabled' : 'active',
        platform: 'n8n',
        thirdParty: true,
        publisher: one.authorName ? { name: one.authorName } : undefined,
        component: {
          name: one.packageName,
          ...(one.installedVersion != null && { version: one.installedVersion }),
          origin: 'community',
        },
        tags: one.installedNodes?.map(({ type }) => type),
        createdAt: one.createdAt,
        updatedAt: one.updatedAt,
        gaps: { lastUsedAt: 'not-supported', scopes: 'not-supported' },
      }),
    );
    yield { items };
  }),
};

/** Whether changes go through a Git branch, and whether some have not. */
export const sourceControl: Stream<N8nConfig> = {
  title: 'Source control',
  emits: ['container'],
  operations: [pendingChanges],
  requires: [{ scope: 'sourceControl:read', why: 'changes that go through Git can be reviewed there' }],
  absence: 'means-gone',
  pages: ifOffered('source control', '2.40', async function* (ctx) {
    const record = container({
      id: 'source-control',
      name: `Source control of ${hostOf(ctx.config)}`,
      type: 'repository',
      platform: 'n8n',
      policies: await sourceControlOf(ctx),
    });
    yield { items: [record] };
  }),
};

async function sourceControlOf(ctx: StreamContext<N8nConfig>): Promise<Policies> {
  try {
    const { body } = await ctx.http.read(pendingChanges, { query: { direction: 'push' } });
    return { connected: true, unpushedChanges: body.data.length > 0 };
  } catch (problem) {
    // Licensed, but connected to no repository.
    if (problem instanceof SourceError && problem.status === 400) return { connected: false };
    throw problem;
  }
}
