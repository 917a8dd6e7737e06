import { fitting, ifAllowed, operation, type Instant } from '../../src/sdk/index.ts';
import { RECENT } from './audit-log.ts';
import type { Context } from './config.ts';
import { wholePages } from './lists.ts';
import { subjects } from './schema-actions.ts';

/** Enterprise Cloud alone, and no Enterprise Server. */
export const listSubjects = operation('GET /orgs/{org}/insights/api/subject-stats', subjects, {
  means: { 404: 'not-licensed' },
});

/**
 * When each App last asked GitHub for anything, by its installation; empty where the configuration does not name API
 * insights. They go back 31 days and hold the REST interface alone: an App that is not there may be in use all the same.
 * https://docs.github.com/enterprise-cloud@latest/organizations/managing-programmatic-access-to-your-organization/viewing-api-insights-in-your-organization
 */
export async function requestsOfApps(ctx: Context): Promise<ReadonlyMap<number, Instant>> {
  const { organisation: org, apiInsights } = ctx.config;
  const last = new Map<number, Instant>();
  if (!apiInsights) return last;
  const since = new Date(ctx.now - RECENT).toISOString().replace(/\.\d+Z$/, 'Z');
  const ask = { params: { org }, query: { min_timestamp: since } };
  await ifAllowed(ctx, 'API insights', async () => {
    for await (const page of wholePages({ ...ctx, resume: undefined }, listSubjects, ask, (body) => body)) {
      for (const { subject_type: type, subject_id: id, last_request_timestamp: at } of fitting(ctx, page.elements)) {
        if (type !== 'installation' || typeof id !== 'number' || at === undefined) continue;
        last.set(id, Math.max(at, last.get(id) ?? 0));
      }
    }
  });
  return last;
}
