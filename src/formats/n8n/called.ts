import type { Document } from '../../sdk/index.ts';
import { beside } from '../neighbours.ts';
import { at, idAt, listAt, textAt, type Part } from '../tree.ts';
import { shortType } from './node-types.ts';

const calling = /^(?:executeWorkflow|toolWorkflow)$/;

/** Workflows that a workflow calls, or that are called when it fails, by their ids; an expression names none. */
export function calledWorkflows(part: Part): string[] {
  const steps = listAt(part, 'nodes').filter(
    (node) => calling.test(shortType(textAt(node, 'type') ?? '')) && at(node, 'disabled') !== true,
  );
  const named = steps.map(
    (node) => idAt(node, 'parameters', 'workflowId', 'value') ?? idAt(node, 'parameters', 'workflowId'),
  );
  const called = [...named, idAt(part, 'settings', 'errorWorkflow')];
  return [...new Set(called.flatMap((id) => (id === undefined || !/^[\w-]+$/.test(id) ? [] : id)))];
}

/** The record of another workflow: source control and `export:workflow --separate` call each file by its id. */
export function besideIt({ path }: Document, own: string | undefined, other: string): string | undefined {
  if (own === undefined || !path.endsWith(`/${own}.json`)) return undefined;
  const file = beside(path, `${other}.json`);
  return file === undefined ? undefined : `${file}#${other}`;
}
