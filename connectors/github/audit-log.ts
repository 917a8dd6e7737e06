import { attributed, operation, type Attribution } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import { allOf } from './lists.ts';
import { events } from './schema-actions.ts';

/** Enterprise Cloud alone. */
export const listEvents = operation('GET /orgs/{org}/audit-log', events, { means: { 404: 'not-licensed' } });

/**
 * Who made each webhook, by its id: GitHub says it nowhere but in the audit log, which goes back further than three
 * months only when it is asked by date. Empty where the configuration does not name the log.
 */
export async function makersOfHooks(ctx: Context): Promise<ReadonlyMap<number, Attribution>> {
  const { organisation: org, auditLog } = ctx.config;
  const query = { phrase: 'action:hook.create created:>=2008-01-01', order: 'asc' };
  const found = auditLog && (await allOf(ctx, 'audit log', listEvents, { params: { org }, query }, (body) => body));
  const makers = new Map<number, Attribution>();
  for (const { action, actor, actor_id, created_at, hook_id } of found || []) {
    const who = { id: typeof actor_id === 'number' ? String(actor_id) : undefined, login: actor };
    const maker = attributed('created-by', who, 'audit-log', { at: created_at, evidence: action ?? 'hook.create' });
    if (typeof hook_id === 'number' && maker !== undefined) makers.set(hook_id, maker);
  }
  return makers;
}
