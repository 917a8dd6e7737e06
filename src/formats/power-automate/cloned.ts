import { link, localId, type Document, type Link, type WorkflowState } from '../../sdk/index.ts';
import { at, entriesAt, idAt, textAt } from '../tree.ts';
import type { Flow } from './flow.ts';

const FLOW = /(?:^|\/)workflows\/[^/]+\/workflow\.json$/i;
const METADATA = 'metadata.yml';

/** https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/workflow */
const STATES: { readonly [code: string]: WorkflowState } = { '0': 'inactive', '1': 'active', '2': 'inactive' };

/**
 * What explains a flow that was cloned with an agent of Copilot Studio.
 * https://learn.microsoft.com/microsoft-copilot-studio/visual-studio-code-extension-clone-agent
 */
export function besideCloned(path: string): string[] {
  return FLOW.test(path) ? [METADATA] : [];
}

/** What the file beside a cloned flow says of it: its name, and whether it is on. */
export function clonedSurroundings(document: Document): Partial<Flow> {
  const metadata = document.neighbours?.get(METADATA)?.tree;
  const native = textAt(metadata, 'workflowId')?.toLowerCase();
  if (native === undefined) return {};
  return {
    native,
    name: textAt(metadata, 'name'),
    state: STATES[idAt(metadata, 'stateCode') ?? ''],
  };
}

/** Where the flows of a cloned agent stand, as seen from its folder. */
export const CLONED_FLOWS = ['workflows/*/workflow.json', `workflows/*/${METADATA}`];

/** Flows among what was cloned with an agent that wait for one: they are there because it calls them. */
export function clonedFlows({ neighbours }: Document): Link[] {
  return [...(neighbours ?? [])].flatMap(([name, flow]) => {
    if (!FLOW.test(name) || !waits(flow)) return [];
    const metadata = neighbours?.get(name.replace(/[^/]+$/, METADATA))?.tree;
    const native = textAt(metadata, 'workflowId')?.toLowerCase();
    return native === undefined ? [] : [link('uses', 'workflow', localId(flow, native))];
  });
}

function waits({ tree }: Document): boolean {
  const triggers = entriesAt(at(tree, 'properties', 'definition') ?? at(tree, 'definition'), 'triggers');
  return triggers.some(([, trigger]) => textAt(trigger, 'kind') === 'Skills');
}
