import { link, localId, type Document, type Link, type WorkflowState } from '../../sdk/index.ts';
import { at, entriesAt, idAt, textAt } from '../tree.ts';
import type { Flow } from './flow.ts';

const FLOW = /(?:^|\/)workflows\/[^/]+\/workflow\.json$/i;
const METADATA = 'metadata.yml';
const AGENT = '../../settings.mcs.yml';

/** https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/workflow */
const STATES: { readonly [code: string]: WorkflowState } = { '0': 'inactive', '1': 'active', '2': 'inactive' };

/**
 * What explains a flow that was cloned with an agent of Copilot Studio.
 * https://learn.microsoft.com/microsoft-copilot-studio/visual-studio-code-extension-clone-agent
 */
export function besideCloned(path: string): string[] {
  return FLOW.test(path) ? [METADATA, AGENT] : [];
}

/** What the files around a cloned flow say of it: its name, whether it is on, and the agent that may call it. */
export function clonedSurroundings(document: Document): Partial<Flow> {
  const metadata = document.neighbours?.get(METADATA)?.tree;
  const native = textAt(metadata, 'workflowId')?.toLowerCase();
  if (native === undefined) return {};
  return {
    native,
    name: textAt(metadata, 'name'),
    state: STATES[idAt(metadata, 'stateCode') ?? ''],
    links: agentOf(document),
  };
}

/** A flow that waits for an agent is there because this one has it as a tool. */
function agentOf({ tree, neighbours }: Document): Link[] {
  const agent = neighbours?.get(AGENT);
  const schema = textAt(agent?.tree, 'schemaName');
  const triggers = entriesAt(at(tree, 'properties', 'definition') ?? at(tree, 'definition'), 'triggers');
  const waits = triggers.some(([, trigger]) => textAt(trigger, 'kind') === 'Skills');
  if (agent === undefined || schema === undefined || !waits) return [];
  return [link('granted-to', 'identity', localId(agent, schema))];
}
