import type { Authentication, Trigger } from '../../sdk/index.ts';
import { at, textAt } from '../tree.ts';
import type { Flow } from './flows.ts';
import type { Line, Node } from './nodes.ts';

/** How a flow is started: as a chat, by its webhook, by programs that run it, and as a tool of its project's MCP server. */
export function triggersOf({ row }: Flow, nodes: readonly Node[], lines: readonly Line[]): Trigger[] {
  // A component that was saved by itself is started by nobody.
  if (at(row, 'is_component') === true) return [];
  const chat = nodes.find(({ type }) => type === 'ChatInput');
  const hook = nodes.find(({ type }) => type === 'Webhook');
  const first = chat ?? hook ?? startOf(nodes, lines);
  if (first === undefined) return [];
  const triggers: Trigger[] = [];
  if (chat !== undefined) triggers.push({ step: chat.id, kind: 'chat', authentication: chatters(row) });
  // Whether a webhook asks for a key is a setting of the server: https://docs.langflow.org/webhook
  if (hook !== undefined) triggers.push({ step: hook.id, kind: 'webhook', authentication: 'unknown' });
  if (triggers.length === 0) triggers.push({ step: first.id, kind: 'call', authentication: 'unknown' });
  if (at(row, 'mcp_enabled') === true) triggers.push({ step: first.id, kind: 'mcp', authentication: 'unknown' });
  return triggers;
}

/** Anybody who has the link talks to a flow whose playground is shared. https://docs.langflow.org/concepts-playground */
export function isPublic({ row }: Flow): boolean {
  return textAt(row, 'access_type') === 'PUBLIC';
}

function chatters(row: Flow['row']): Authentication {
  return textAt(row, 'access_type') === 'PUBLIC' ? 'none' : 'unknown';
}

/** Where a flow without an input of its own begins, or in the first versions ends: what nothing else uses. */
function startOf(nodes: readonly Node[], lines: readonly Line[]): Node | undefined {
  const used = new Set(lines.map(({ from }) => from));
  const outer = nodes.filter(({ within }) => within === undefined);
  return outer.find(({ type }) => type.endsWith('Input')) ?? outer.find(({ id }) => !used.has(id)) ?? outer[0];
}
