import { connection, link, reference, type Document, type Item, type Link } from '../../sdk/index.ts';
import { listAt, textAt } from '../tree.ts';
import { agentId, readTies } from './layout.ts';
import { lastSegment } from './references.ts';
import { readCustomizations, referenceId } from './solution-xml.ts';

/** Agents that may call a flow, and those that it wakes when something happens. */
export function flowTies(native: string | undefined, home: Document, list: Document | undefined): Link[] {
  const ties = readTies('workflow', list).filter(({ target }) => target === native);
  const links = ties.flatMap(({ agent, component }) => {
    const id = agentId(home, agent);
    const wakes = component.includes('.ExternalTriggerComponent.');
    return id === undefined ? [] : [link(wakes ? 'uses' : 'granted-to', 'identity', id)];
  });
  return once(links);
}

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
