import { at, entriesAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import { templateResources, type ResourcePlace } from './templates.ts';

type Path = readonly (string | number)[];

/** Where a flow stands in a document: its resource, the properties in it, and its definition. */
export interface FlowPlace {
  resource: Path;
  properties: Path;
  definition: Path;
  /** Deployment templates that it stands in, the innermost last. */
  templates: readonly Path[];
}

/** Is it a definition in the workflow definition language? */
export function isDefinition(value: Part): boolean {
  const triggers = isObject(at(value, 'triggers'));
  const actions = isObject(at(value, 'actions'));
  if (/\/workflowdefinition\.json#?$/i.test(textAt(value, '$schema') ?? '')) return triggers || actions;
  return triggers && actions && textAt(value, 'contentVersion') !== undefined;
}

/** What may be a resource: the document itself, a member of a list of answers, or of a deployment template. */
export function resourcePlaces(tree: Part): ResourcePlace[] {
  const list: Path[] = Array.isArray(tree) ? [[]] : [['value']];
  const members = list.flatMap((path) => listAt(tree, ...path).map((_, index): Path => [...path, index]));
  const alone = [[], ...members].map((path: Path): ResourcePlace => ({ path, templates: [] }));
  return [...alone, ...templateResources(tree)];
}

/** Every flow in a document: bare, as a resource, in a list of answers, or among a deployment template's resources. */
export function flowPlaces(tree: Part): FlowPlace[] {
  if (isDefinition(tree)) return [{ resource: [], properties: [], definition: [], templates: [] }];
  return resourcePlaces(tree).flatMap(({ path: resource, templates }) => {
    const properties = [[...resource, 'properties'], resource].find((path) =>
      isDefinition(at(tree, ...path, 'definition')),
    );
    if (properties === undefined) return [];
    return { resource, properties, definition: [...properties, 'definition'], templates };
  });
}

/** Written by Power Automate rather than Logic Apps: its resource type, hidden parameter, connectors or buttons. */
export function isPowerAutomate(tree: Part, place: FlowPlace): boolean {
  const type = textAt(tree, ...place.resource, 'type') ?? '';
  if (/^(?:\/providers\/)?Microsoft\.(?:Flow|ProcessSimple)\//i.test(type)) return true;
  if (/^Microsoft\.Logic\//i.test(type)) return false;
  const properties = at(tree, ...place.properties);
  if (textAt(properties, 'apiId')?.endsWith('shared_logicflows') === true) return true;
  const definition = at(tree, ...place.definition);
  if (isObject(at(definition, 'parameters', '$authentication'))) return true;
  if (entriesAt(properties, 'connectionReferences').some(([, ref]) => /shared_/.test(connectorOf(ref)))) return true;
  const steps = [...entriesAt(definition, 'triggers'), ...entriesAt(definition, 'actions')];
  return steps.some(([, step]) => textAt(step, 'type')?.startsWith('OpenApiConnection') === true || isButton(step));
}

function connectorOf(ref: Part): string {
  return textAt(ref, 'api', 'name') ?? textAt(ref, 'id') ?? '';
}

function isButton(step: Part): boolean {
  return textAt(step, 'type') === 'Request' && /^(?:Button|PowerApp)/.test(textAt(step, 'kind') ?? '');
}
