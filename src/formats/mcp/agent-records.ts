import {
  endpoint,
  identity,
  link,
  localId,
  pointer,
  type Authentication,
  type Document,
  type Item,
} from '../../sdk/index.ts';
import { literalTarget } from '../hosts.ts';
import type { Agent } from './agents.ts';
import type { Client } from './clients.ts';
import { actionsOf } from './plugins.ts';
import { toolsOf } from './server-records.ts';

/** A client on somebody's machine that its settings let act unasked: it has all that this person may do. */
export function clientItems(document: Document, { name, platform, path, tools, component }: Client): Item[] {
  return [
    identity({
      id: localId(document, pointer(...path).slice(1)),
      name,
      type: 'ai-agent',
      status: 'active',
      platform,
      host: 'local',
      runsAs: 'caller',
      component,
      tools: tools.length > 0 ? tools : undefined,
      at: { path: document.path, pointer: pointer(...path) },
      gaps: { lastUsedAt: 'not-supported', createdAt: 'not-supported' },
    }),
  ];
}

/** An agent that a manifest declares, and the address at which others call it. */
export function agentItems(document: Document, agent: Agent): Item[] {
  const id = localId(document, agent.path.length === 0 ? undefined : pointer(...agent.path).slice(1));
  const target = literalTarget(agent.url);
  const place = { path: document.path, pointer: pointer(...agent.path) };
  const endpointId = `${id}#endpoint`;
  const callable = agent.schemes !== undefined;
  const actions = actionsOf(document);
  // "Every tool" is not a right, however much it looks like one.
  const named = [...new Set(agent.tools)].filter((tool) => tool !== '*');
  return [
    identity({
      id,
      name: agent.name,
      type: 'ai-agent',
      status: 'unknown',
      platform: agent.platform,
      host: target?.host,
      runsAs: agent.runsAs,
      scopes: named.length > 0 ? named : undefined,
      tools: toolsOf(agent.unasked ?? []) ?? (actions.tools.length > 0 ? actions.tools : undefined),
      authentication: agent.schemes === undefined ? undefined : cardAuthentication(agent.schemes),
      at: place,
      links: callable ? [link('uses', 'endpoint', endpointId)] : actions.links,
      gaps: { lastUsedAt: 'not-supported', createdAt: 'not-supported' },
    }),
    ...(callable
      ? [
          endpoint({
            id: endpointId,
            name: `${agent.name} (agent card)`,
            direction: 'inbound',
            platform: agent.platform,
            type: 'chat',
            authentication: cardAuthentication(agent.schemes ?? []),
            host: target?.host,
            scheme: target?.scheme,
            addresses: target?.addresses,
            at: place,
            links: [link('contained-in', 'identity', id)],
          }),
        ]
      : []),
  ];
}

function cardAuthentication(schemes: readonly string[]): Authentication {
  const [first] = schemes;
  if (first === undefined) return 'none';
  const known: readonly (readonly [RegExp, Authentication])[] = [
    [/api.?key/i, 'api-key'],
    [/oauth|openid|bearer/i, 'oauth'],
    [/mutual|mtls/i, 'mtls'],
    [/basic/i, 'basic'],
    [/http/i, 'header'],
  ];
  return known.find(([pattern]) => pattern.test(first))?.[1] ?? 'unknown';
}
