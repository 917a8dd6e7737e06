import {
  endpoint,
  link,
  type Authentication,
  type Graph,
  type Item,
  type Secret,
  type WorkflowState,
} from '../sdk/index.ts';
import type { Target } from './hosts.ts';
import { uniqueIds } from './unique-ids.ts';

/** One HTTP request that a step makes. */
export interface Call extends Target {
  step: string;
  pointer: string;
  authentication: Authentication;
  /** Only ever set when certificates are not checked. */
  verifyTls?: false;
}

/** What an endpoint takes over from the workflow that it belongs to. */
export interface Host {
  id: string;
  name: string;
  platform: string;
  path: string;
  state: WorkflowState;
}

/**
 * One record for each of a workflow's triggers that the world can call; a step may be called in several ways. `addresses`
 * tells where a step answers, as far as its platform says.
 */
export function inboundEndpoints(
  host: Host,
  graph: Graph,
  addresses?: (step: string) => readonly Secret[],
): Item<'endpoint'>[] {
  const triggers = graph.triggers.flatMap(({ kind, ...trigger }) =>
    kind === 'webhook' || kind === 'form' || kind === 'chat' || kind === 'mcp' ? [{ ...trigger, kind }] : [],
  );
  if (triggers.length === 0) return [];
  const steps = new Map(graph.steps.map((step) => [step.id, step]));
  const fresh = uniqueIds();
  return triggers.map((trigger) => {
    const step = steps.get(trigger.step);
    return endpoint({
      id: fresh(`${host.id}/in/${trigger.step}`),
      name: `${host.name}: ${step?.label ?? trigger.step}`,
      direction: 'inbound',
      platform: host.platform,
      type: trigger.kind,
      authentication: trigger.authentication,
      state: host.state,
      at: { path: host.path, ...(step?.pointer !== undefined && { pointer: step.pointer, step: step.label }) },
      addresses: addresses?.(trigger.step),
      links: [link('contained-in', 'workflow', host.id)],
      gaps: { host: 'not-seen' },
    });
  });
}

/** One record for each host that a workflow calls, told apart by scheme and by whether certificates are checked. */
export function outboundEndpoints(host: Host, calls: readonly Call[]): Item<'endpoint'>[] {
  const key = (call: Call): string => `${call.scheme}/${call.host}${call.verifyTls === false ? '/unverified' : ''}`;
  return [...Map.groupBy(calls, key)].flatMap(([suffix, same]) => {
    const [first] = same;
    if (first === undefined) return [];
    return endpoint({
      id: `${host.id}/out/${suffix}`,
      name: first.host,
      direction: 'outbound',
      platform: host.platform,
      type: 'http-call',
      authentication: authenticationOf(same),
      host: first.host,
      scheme: first.scheme,
      addresses: same.flatMap((call) => call.addresses),
      verifyTls: first.verifyTls,
      state: host.state,
      at: { path: host.path, pointer: first.pointer, step: first.step },
      links: [link('contained-in', 'workflow', host.id)],
    });
  });
}

/** One request that goes along with a credential is enough for it to travel; of several kinds none stands for all. */
function authenticationOf(calls: readonly Call[]): Authentication {
  const isProof = (one: Authentication): boolean => one !== 'none' && one !== 'unknown';
  const all = new Set(
    calls.map(({ authentication, hasUser }) => (hasUser && !isProof(authentication) ? 'basic' : authentication)),
  );
  const [only, ...others] = all.size === 1 ? all : [...all].filter(isProof);
  return only !== undefined && others.length === 0 ? only : 'unknown';
}
