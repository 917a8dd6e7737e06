import { SourceError, type Access, type ProbeContext } from '../../src/sdk/index.ts';
import { certificateOf, type Config } from './config.ts';
import { everyOf } from './lists.ts';
import { listAssigned, listPrincipals, rolesOf } from './relations.ts';
import { writing } from './scopes.ts';

/** Microsoft Graph's own client id, the same everywhere. */
const GRAPH = '00000003-0000-0000-c000-000000000000';

/** Which permissions of Graph we were granted, as far as we may know. */
export async function probe(config: Config, { http, signal }: ProbeContext): Promise<Access> {
  const { clientId, tenant, certificate } = config;
  const ctx = { http, signal, resume: undefined, blind: () => {}, known: async () => undefined };
  const granted = await grantedTo(clientId, ctx);
  const ends = certificate && Date.parse(certificateOf(certificate).validTo);
  return {
    account: `app ${clientId} in tenant ${tenant}`,
    accountId: tenant,
    granted: granted ?? 'unknown',
    type: certificate ? 'certificate' : 'client-secret',
    ...(granted && { canWrite: writing(granted) }),
    ...(ends !== undefined && Number.isFinite(ends) && { expiresAt: ends }),
  };
}

async function grantedTo(clientId: string, ctx: Parameters<typeof everyOf>[0]): Promise<string[] | undefined> {
  try {
    const query = { $select: 'id,appId,appRoles', $filter: `appId in ('${clientId}','${GRAPH}')` };
    let [own, graph, roles] = ['', '', new Map<string, string>()];
    for await (const { id, appId, appRoles } of everyOf(ctx, listPrincipals, { query })) {
      if (appId === clientId) own = id;
      if (appId === GRAPH) [graph, roles] = [id, rolesOf(appRoles)];
    }
    if (own === '' || graph === '') return undefined;
    const granted: string[] = [];
    for await (const { principalId, appRoleId } of everyOf(ctx, listAssigned, {
      params: { id: graph },
      query: { $top: 999 },
    }))
      if (principalId === own) granted.push(roles.get(appRoleId) ?? appRoleId);
    return granted.toSorted();
  } catch (problem) {
    if (!(problem instanceof SourceError) || problem.kind !== 'permission') throw problem;
    return undefined;
  }
}
