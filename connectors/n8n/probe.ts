import { operation, SourceError, type Access, type Http } from '../../src/sdk/index.ts';
import { claimsOf } from './api-key.ts';
import type { N8nConfig } from './config.ts';
import { Discovery } from './schema.ts';

const discover = operation('GET /discover', Discovery);
/** What the probe asks. */
export const probed = [discover];

/** Whose key it is and what it may do, as n8n and the key itself say. */
export async function probe(config: N8nConfig, { http }: { http: Http }): Promise<Access> {
  const { user, expiresAt } = claimsOf(config.apiKey);
  const granted = await scopesOf(http);
  const { host } = new URL(config.url);
  const canWrite = granted === 'unknown' ? undefined : granted.filter((scope) => !reads(scope));
  return {
    account: user === undefined ? host : `${host}, user ${user}`,
    granted,
    ...(canWrite !== undefined && { canWrite }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

async function scopesOf(http: Http): Promise<readonly string[] | 'unknown'> {
  try {
    return (await http.read(discover)).body.data.scopes;
  } catch (problem) {
    // An n8n from before this interface.
    if (problem instanceof SourceError && problem.kind === 'not-found') return 'unknown';
    throw problem;
  }
}

/** The audit is a report that is asked for by POST. */
function reads(scope: string): boolean {
  return /:(?:read|list)$/.test(scope) || scope === 'securityAudit:generate';
}
