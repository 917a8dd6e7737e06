import { endpoint, link, type Item } from '../../sdk/index.ts';
import type { Host } from '../endpoints.ts';
import { at } from '../tree.ts';
import type { Placed } from './graph.ts';
import { callsOf, certificatesUnchecked } from './http-calls.ts';
import { isHttp } from './node-types.ts';

/** Requests that check no certificate and whose host is only known when they run: one record for each step. */
export function unverifiedCalls(host: Host, placed: readonly Placed[]): Item<'endpoint'>[] {
  return placed.flatMap(({ node, step }) => {
    if (step.disabled === true || !isHttp(step.connector)) return [];
    if (!certificatesUnchecked(at(node, 'parameters')) || callsOf(node, step.label, '').length > 0) return [];
    return endpoint({
      id: `${host.id}/out/${step.id}/unverified`,
      name: `${host.name}: ${step.label}`,
      direction: 'outbound',
      platform: host.platform,
      type: 'http-call',
      authentication: 'unknown',
      verifyTls: false,
      state: host.state,
      at: { path: host.path, step: step.label, ...(step.pointer !== undefined && { pointer: step.pointer }) },
      links: [link('contained-in', 'workflow', host.id)],
      gaps: { host: 'not-seen' },
    });
  });
}
