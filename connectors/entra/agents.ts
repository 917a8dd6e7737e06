import { identity, operation, type Stream } from '../../src/sdk/index.ts';
import { principalsByClient, usesOf } from './applications.ts';
import { PLATFORM, type Config } from './config.ts';
import { withFacts } from './facts.ts';
import { inTenant, PRINCIPAL } from './ids.ts';
import { listed } from './lists.ts';
import { listAssigned, listDirectoryRoles, listPrincipals, peopleOf } from './relations.ts';
import { Agents, type Agent } from './schema.ts';
import { scopes } from './scopes.ts';
import { ownerOf, rightsOf } from './service-principals.ts';

const listAgents = operation('GET /servicePrincipals/microsoft.graph.agentIdentity', Agents);

export const agents: Stream<Config> = {
  title: 'Agent identities and their sponsors',
  emits: ['identity'],
  operations: [listAgents, listPrincipals, listAssigned, listDirectoryRoles],
  requires: [
    {
      scope: 'AgentIdentity.Read.All',
      orElse: ['Application.Read.All', 'Directory.Read.All'],
      why: 'it lists AI agents, and the people who answer for them',
    },
    { ...scopes.applications, why: 'agents are granted permissions as other apps are' },
  ],
  after: ['service-principals'],
  absence: 'means-gone',
  async *pages(ctx) {
    let learnt: Awaited<ReturnType<typeof learn>> | undefined;
    const learn = async () => ({ rights: await rightsOf(ctx), principals: await principalsByClient(ctx) });
    const ask = { query: { $expand: 'sponsors($select=id)' } };
    for await (const page of listed(ctx, listAgents, ask)) {
      // Most tenants have none: what others were granted need not be read for them.
      if (page.elements.length > 0) learnt ??= await learn();
      yield page.map((agent) => {
        const { owners = [], ...rights } = learnt?.rights(agent.id) ?? { scopes: undefined, admin: undefined };
        const sponsors = peopleOf(agent.sponsors).flatMap((id) => ownerOf(id, 'sponsors') ?? []);
        const blueprint = learnt?.principals.get(agent.agentIdentityBlueprintId ?? '');
        const links = [inTenant(ctx.config.tenant), ...(blueprint ? [usesOf(blueprint)] : [])];
        const beside = {
          owners: [...sponsors, ...owners],
          lastUsedAt: undefined,
          lastUsedGap: 'not-supported',
        } as const;
        return { record: withFacts({ ...recordOf(agent), links }, { ...rights, ...beside }) };
      });
    }
  },
};

function recordOf({ id, displayName, accountEnabled, createdDateTime: createdAt, tags }: Agent) {
  return identity({
    id: `${PRINCIPAL}${id}`,
    name: displayName || id,
    type: 'ai-agent',
    status: accountEnabled === false ? 'disabled' : 'active',
    platform: PLATFORM,
    thirdParty: false,
    runsAs: 'own',
    createdAt,
    tags,
    gaps: { tools: 'not-supported' },
  }).record;
}
