import { at, entriesAt, isObject, textAt, type Part } from '../tree.ts';

/**
 * Flows that a definition calls, as it names them: by id in a solution, by folder in a standard logic app.
 * https://learn.microsoft.com/azure/logic-apps/workflow-definition-language-schema
 */
export function childFlows(definition: Part): string[] {
  return [...new Set(entriesAt(definition, 'actions').flatMap(([, action]) => calledBy(action)))];
}

/** Conditions, switches and loops have actions of their own, however deep. */
function calledBy(action: Part): string[] {
  if (!isObject(action)) return [];
  const host = at(action, 'inputs', 'host');
  const called = textAt(host, 'workflowReferenceName') ?? textAt(host, 'workflow', 'id');
  const holders = [
    action,
    at(action, 'else'),
    at(action, 'default'),
    ...entriesAt(action, 'cases').map(([, one]) => one),
  ];
  return [
    ...(textAt(action, 'type') === 'Workflow' && called !== undefined ? [called] : []),
    ...holders.flatMap((holder) => entriesAt(holder, 'actions').flatMap(([, inner]) => calledBy(inner))),
  ];
}
