import { fitting, SourceError, type StreamContext } from '../../src/sdk/index.ts';
import { claimsOf } from './api-key.ts';
import type { N8nConfig } from './config.ts';
import { listed } from './paging.ts';
import { isAdmin, listUsers } from './users.ts';

/**
 * Others than owners and admins get the workflows that are shared with them for the whole list, and users are listed
 * for owners and admins alone: where the key does not show that it is one's, what it does not list may be there.
 */
export async function tellUnlessWhole(ctx: StreamContext<N8nConfig>): Promise<void> {
  if (await isAdminsKey(ctx)) return;
  const detail =
    'n8n shows all workflows to owners and admins alone, and the key does not show that it is one’s: what is not listed may still be there. Give the key the scope user:list, and its user the role of an admin';
  ctx.blind('workflows of others', 'permission', detail);
}

/** A key that does not say whose it is has shown enough when it may list users. */
async function isAdminsKey(ctx: StreamContext<N8nConfig>): Promise<boolean> {
  const { user } = claimsOf(ctx.config.apiKey);
  try {
    for await (const page of listed({ ...ctx, resume: undefined }, listUsers, 100, { query: { includeRole: true } })) {
      if (user === undefined) return true;
      const self = fitting({ blind: () => {} }, page.elements).find(({ id }) => id === user);
      if (self) return self.role ? isAdmin(self.role) : true;
    }
    return true;
  } catch (problem) {
    if (problem instanceof SourceError && problem.kind === 'permission') return false;
    throw problem;
  }
}
