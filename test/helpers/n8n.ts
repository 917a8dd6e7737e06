import { expect } from 'vitest';
import type { Json, Kind, Parsed, RecordOf } from '../../src/sdk/index.ts';

/** The records of one kind. */
export function records<K extends Kind>(parsed: Parsed, kind: K): RecordOf<K>[] {
  return parsed.items.flatMap(({ record }) => (record.kind === kind ? [record as RecordOf<K>] : []));
}

/** The one member of a list; fails when there are none, or more. */
export function only<T>(values: readonly T[]): T {
  expect(values).toHaveLength(1);
  return values[0] as T;
}

/** An n8n node. */
export function node(
  name: string,
  type: string,
  parameters: Json = {},
  more: { readonly [key: string]: Json } = {},
): Json {
  return { id: name, name, type: `n8n-nodes-base.${type}`, parameters, ...more };
}

/** An n8n workflow. */
export function flow(nodes: readonly Json[], more: { readonly [key: string]: Json } = {}): Json {
  return { id: 'wf1', name: 'Flow', nodes, connections: {}, ...more };
}
