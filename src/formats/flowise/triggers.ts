import type { Authentication, Trigger } from '../../sdk/index.ts';
import { embedded } from '../embedded.ts';
import { at, idAt, listAt, textAt } from '../tree.ts';
import type { Flow } from './flows.ts';
import type { Node } from './nodes.ts';

/** Which node of a chat flow answers: one that no other one uses. */
const ANSWERS = /^(?:Agents|Chains|Engine|Multi Agents|Utilities)$/;

/** How a flow is started: by its start node, or as a chat. */
export function triggersOf(flow: Flow, nodes: readonly Node[]): Trigger[] {
  const start =
    nodes.find(({ name }) => /^(?:startAgentflow|seqStart|supervisor)$/.test(name)) ?? answering(flow, nodes);
  if (start === undefined) return [];
  const trigger = { step: start.id, ...startOf(start, flow) };
  return servesMcp(flow) ? [trigger, { step: start.id, kind: 'mcp', authentication: 'header' }] : [trigger];
}

function startOf({ inputs }: Node, flow: Flow): Pick<Trigger, 'kind' | 'authentication'> {
  switch (textAt(inputs, 'startInputType')) {
    case 'scheduleInput':
      return { kind: 'schedule', authentication: 'session' };
    case 'formInput':
      return { kind: 'form', authentication: callers(flow) };
    case 'webhookTrigger':
      if (at(inputs, 'webhookEnableAuth') !== true) return { kind: 'webhook', authentication: callers(flow) };
      return {
        kind: 'webhook',
        authentication: textAt(inputs, 'webhookSignatureType') === 'plain-token' ? 'header' : 'signature',
      };
    default:
      return { kind: 'chat', authentication: callers(flow) };
  }
}

/**
 * Anybody may call a flow that no API key was assigned to: https://docs.flowiseai.com/configuration/authorization/chatflow-level .
 * What was saved from the editor does not say whether one was.
 */
function callers({ row }: Flow): Authentication {
  const key = at(row, 'apikeyid');
  if (key === undefined) return 'unknown';
  return textAt(key) === undefined ? 'none' : 'header';
}

/** The page with the chat opens for anybody once it is made public, unless the flow asks for a key. */
export function isPublic(flow: Flow): boolean {
  return at(flow.row, 'isPublic') === true && callers(flow) === 'none';
}

function servesMcp({ row }: Flow): boolean {
  return at(embedded(at(row, 'mcpServerConfig')), 'enabled') === true;
}

function answering({ canvas }: Flow, nodes: readonly Node[]): Node | undefined {
  const used = new Set(listAt(canvas, 'edges').map((edge) => idAt(edge, 'source')));
  const last = nodes.filter(({ id, within }) => within === undefined && !used.has(id));
  return last.find(({ category }) => ANSWERS.test(category)) ?? last[0];
}
