import { operation, SourceError, type Access, type Http } from '../../src/sdk/index.ts';
import { claimsOf } from './api-key.ts';
import { hostOf, type N8nConfig } from './config.ts';
import { Discovery } from './schema.ts';

const discover = operation('GET /discover', Discovery);
/** What the probe asks. */
export const probed = [discover];

/** Whose key it is and what it may do, as n8n and the key itself say. */
export async function probe(config: N8nConfig, { http }: { http: Http }): Promise<Access> {
  const { user, expiresAt } = claimsOf(config.apiKey);
  const granted = await scopesOf(http, config);
  const host = hostOf(config);
  return {
    account: user === undefined ? host : `${host}, user ${user}`,
    granted,
    canWrite: granted.filter((scope) => !reads(scope)),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

async function scopesOf(http: Http, { url }: N8nConfig): Promise<readonly string[]> {
  try {
    return (await http.read(discover)).body.data.scopes;
  } catch (problem) {
    if (!(problem instanceof SourceError) || problem.kind !== 'not-found') throw problem;
    const detail =
      'there is no public API that tells what a key may do: is it the address of n8n, and of a recent one?';
    throw new SourceError('not-found', `${new URL(url).host}: ${detail}`, { status: 404, cause: problem });
  }
}

/** The audit is a report that is asked for by POST. */
function reads(scope: string): boolean {
  return /:(?:read|list)$/.test(scope) || scope === 'securityAudit:generate';
}
