import { connection, link, localId, reference, type Document, type Item, type Link } from '../../sdk/index.ts';
import { listAt, textAt } from '../tree.ts';
import { packedId } from './flow.ts';
import { agentId, readTies } from './layout.ts';
import { lastSegment } from './references.ts';
import { readCustomizations, referenceId } from './solution-xml.ts';

/** A part of an agent that does not call a flow: the flow wakes the agent when something happens. */
const WAKES = '.ExternalTriggerComponent.';

/** Agents that a flow wakes. */
export function flowTies(native: string | undefined, home: Document, list: Document | undefined): Link[] {
  const ties = readTies('workflow', list).filter(
    ({ target, component }) => target === native && component.includes(WAKES),
  );
  return once(
    ties.flatMap(({ agent }) => {
      const id = agentId(home, agent);
      return id === undefined ? [] : [link('uses', 'identity', id)];
    }),
  );
}

/** Flows that an agent's tools and topics call; `flows` has the ids of records by the ids of flows in Dataverse. */
export function calledFlows(schema: string, list: Document | undefined, flows: ReadonlyMap<string, string>): Link[] {
  const ties = readTies('workflow', list).filter(
    ({ agent, component }) => agent === schema && !component.includes(WAKES),
  );
  return once(
    ties.flatMap(({ target }) => {
      const id = flows.get(target);
      return id === undefined ? [] : [link('uses', 'workflow', id)];
    }),
  );
}

/** Flows in files that bear their ids in their names. */
export function flowsBeside({ neighbours }: Document): ReadonlyMap<string, string> {
  return new Map(
    [...(neighbours ?? [])].flatMap(([name, flow]) => {
      const native = FLOW.test(name) ? packedId(name) : undefined;
      return native === undefined ? [] : [[native, localId(flow, native)] as const];
    }),
  );
}

const FLOW = /(?:^|\/)Workflows\/[^/]+\.json$/i;

/** Connections that an agent's tools run on. */
export function agentTies(schema: string, list: Document | undefined, customizations: Document | undefined): Link[] {
  const { references } = readCustomizations(customizations);
  const names = readTies('connectionreference', list).flatMap(({ agent, target }) =>
    agent === schema ? [target] : [],
  );
  // Those that were made for an agent begin with its name.
  const own = [...references.keys()].filter((name) => name.startsWith(`${schema}.`));
  const found = [...names, ...own].filter((name) => references.has(name));
  return once(
    found.map((name) => link('uses', 'connection', referenceId(name, references.get(name)?.connector ?? 'unknown'))),
  );
}

/** Other agents of the solution that it hands a conversation to. */
export function connectedAgents(tasks: readonly Document[], home: Document): Link[] {
  return tasks.flatMap(({ tree }) => {
    const schema = textAt(tree, 'action', 'botSchemaName');
    const id = schema === undefined ? undefined : agentId(home, schema);
    return id === undefined ? [] : [link('uses', 'identity', id)];
  });
}

/**
 * Connections in the list that stands beside a cloned agent.
 * https://learn.microsoft.com/microsoft-copilot-studio/visual-studio-code-extension-clone-agent
 */
export function connectionsBeside(list: Document | undefined): Item<'connection'>[] {
  return listAt(list?.tree, 'connectionReferences').flatMap((entry) => {
    const name = textAt(entry, 'connectionReferenceLogicalName');
    const connector = lastSegment(textAt(entry, 'connectorId'));
    if (name === undefined || connector === undefined) return [];
    const known = { id: referenceId(name, connector), name, platform: 'power-automate', connector };
    return reference(connection(known));
  });
}

function once(links: readonly Link[]): Link[] {
  return [...new Map(links.map((each) => [`${each.rel} ${each.id}`, each])).values()];
}
