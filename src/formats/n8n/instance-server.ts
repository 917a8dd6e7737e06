import { endpoint, link, type Item } from '../../sdk/index.ts';
import type { Host } from '../endpoints.ts';
import { at, type Part } from '../tree.ts';

/**
 * The way by which AI clients start a workflow through n8n's own MCP server. They sign in there, by OAuth or with a
 * user's token, and then see all workflows that their user sees and that are marked so.
 * https://docs.n8n.io/connect/connect-to-n8n-mcp-server/
 */
export function instanceServer(host: Host, workflow: Part, place: string): Item<'endpoint'>[] {
  if (at(workflow, 'settings', 'availableInMCP') !== true) return [];
  return [
    endpoint({
      id: `${host.id}/in/mcp-server`,
      name: `${host.name}: n8n’s MCP server`,
      direction: 'inbound',
      platform: host.platform,
      type: 'mcp',
      authentication: 'oauth',
      state: host.state,
      at: { path: host.path, pointer: place },
      links: [link('contained-in', 'workflow', host.id)],
      gaps: { host: 'not-seen' },
    }),
  ];
}
