import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectors } from '../../connectors/index.ts';
import type { Connector, Operation, Stream } from '../../src/sdk/index.ts';

const folder = join(import.meta.dirname, '..', 'vendors');

/** Connectors that reach a platform over HTTP. */
export async function remoteConnectors(): Promise<Connector[]> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  return all.filter(({ remote }) => remote !== undefined);
}

/** Platforms that somebody has made up. */
export function vendorIds(): string[] {
  return readdirSync(folder).flatMap((name) => (name.endsWith('.ts') ? [name.slice(0, -3)] : []));
}

export function streamsOf(connector: Connector): [string, Stream<unknown>][] {
  return Object.entries(connector.streams as Record<string, Stream<unknown>>);
}

/** Every operation, with the streams that declare it. */
export function operationsOf(connector: Connector): Map<Operation, string[]> {
  const found = new Map<Operation, string[]>();
  for (const operation of connector.remote?.operations ?? []) found.set(operation, []);
  for (const [id, stream] of streamsOf(connector)) {
    for (const operation of stream.operations) found.set(operation, [...(found.get(operation) ?? []), id]);
  }
  return found;
}
