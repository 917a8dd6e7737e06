import { operation, SourceError, type Access, type Http } from '../../src/sdk/index.ts';
import { claimsOf } from './api-key.ts';
import { hostOf, type N8nConfig } from './config.ts';
import { isOlder } from './refusals.ts';
import { Discovery } from './schema.ts';
import { listWorkflows, noPinnedData } from './workflows.ts';

const discover = operation('GET /discover', Discovery);
/** What the probe asks. */
export const probed = [discover, listWorkflows];

/** Whose key it is and what it may do, as n8n and the key itself say. */
export async function probe(config: N8nConfig, { http }: { http: Http }): Promise<Access> {
  const { user, expiresAt } = claimsOf(config.apiKey);
  const granted = await scopesOf(http, config);
  if (granted === undefined) await answers(http, config);
  const account = user === undefined ? hostOf(config) : `${hostOf(config)}, user ${user}`;
  const older = ', of an older n8n: what the key may do, it does not tell';
  return {
    account: granted === undefined ? `${account}${older}` : account,
    granted: granted ?? 'unknown',
    ...(granted && { canWrite: granted.filter((scope) => !reads(scope)) }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** Undefined where there is no such interface: n8n 2.14 has it. */
async function scopesOf(http: Http, config: N8nConfig): Promise<readonly string[] | undefined> {
  try {
    return (await http.read(discover)).body.data.scopes;
  } catch (problem) {
    if (problem instanceof SourceError && isOlder(problem)) return undefined;
    throw elsewhere(config, problem);
  }
}

/** Throws unless this is an n8n that takes the key, whatever it may do. */
async function answers(http: Http, config: N8nConfig): Promise<void> {
  try {
    await http.read(listWorkflows, { query: { ...noPinnedData, limit: 1 } });
  } catch (problem) {
    if (!(problem instanceof SourceError)) throw problem;
    const taken = problem.kind === 'permission' || (problem.status === 400 && isOlder(problem));
    if (!taken) throw elsewhere(config, problem);
  }
}

/** Says what to do where nothing answers as n8n does. */
function elsewhere({ url }: N8nConfig, problem: unknown): unknown {
  if (!(problem instanceof SourceError) || problem.kind !== 'not-found') return problem;
  const detail =
    'there is no public API of n8n: is it the address of n8n, N8N_PATH included, and is the API not disabled?';
  return new SourceError('not-found', `${new URL(url).host}: ${detail}`, { status: 404, cause: problem });
}

/** The audit is a report that is asked for by POST. */
function reads(scope: string): boolean {
  return /:(?:read|list)$/.test(scope) || scope === 'securityAudit:generate';
}
