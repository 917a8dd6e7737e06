import { isObject, at, listAt, textAt, type Part } from '../tree.ts';
import type { Json } from '../../sdk/index.ts';

/** A workflow somewhere in a document, with what wraps it, outermost first. */
export interface Found {
  path: readonly (string | number)[];
  part: Json;
  wrappers: readonly Json[];
}

const n8nNode = /^(?:@[\w.-]+\/)?n8n-nodes-[\w-]+\.|^CUSTOM\./;
const ownKeys = ['settings', 'active', 'versionId', 'staticData', 'pinData'];
/** Keys under which the template library, the REST API and saved answers keep workflows. */
const wrapperKeys = ['workflow', 'workflows', 'data', 'items', 'response', 'body'];
const maxWrappers = 6;

/** Does it have the shape of an n8n workflow? Laxer than n8n's own import, which refuses what its users share. */
export function isWorkflow(part: Part): boolean {
  if (!isObject(part) || !Array.isArray(part.nodes)) return false;
  const types = listAt(part, 'nodes').map((node) => textAt(node, 'type'));
  if (types.some((type) => type !== undefined && n8nNode.test(type))) return true;
  if (!isObject(part.connections)) return false;
  if (types.length === 0) return ownKeys.some((key) => key in part);
  return listAt(part, 'nodes').some((node) => textAt(node, 'type') !== undefined && isObject(at(node, 'parameters')));
}

/** Every workflow of a document: alone, in a list, or within the envelopes in which n8n's tools hand them out. */
export function findWorkflows(tree: Part): Found[] {
  return tree === undefined ? [] : search(tree, [], []);
}

function search(part: Json, path: Found['path'], wrappers: readonly Json[]): Found[] {
  if (isWorkflow(part)) return [{ path, part, wrappers }];
  if (path.length >= maxWrappers) return [];
  if (Array.isArray(part)) {
    return listAt(part).flatMap((item, index) => search(item, [...path, index], wrappers));
  }
  if (!isObject(part)) return [];
  return wrapperKeys.flatMap((key) => {
    const inner = Object.hasOwn(part, key) ? part[key] : undefined;
    return inner === undefined ? [] : search(inner, [...path, key], [...wrappers, part]);
  });
}
