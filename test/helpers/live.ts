import { openStore } from '../../db/open.ts';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { collect, type CollectPorts } from '../../src/collect/collect.ts';
import type { Coverage } from '../../src/core/coverage.ts';
import type { Store } from '../../src/core/ports.ts';
import { kinds, type AnyRecord } from '../../src/core/record.ts';
import type { Connector } from '../../src/sdk/index.ts';
import { secretReader } from '../../src/secrets/read-secret.ts';
import { collectPorts } from './collecting.ts';
import { serve, type FixtureVendor, type Tamper, type VendorRequest } from './vendor.ts';

/** When made-up organisations are read: well after everything in them. */
export const NOW = Date.UTC(2026, 5, 1);

export interface LiveRead {
  coverage: readonly Coverage[];
  /** By `kind/id`. */
  records: ReadonlyMap<string, AnyRecord>;
  requests: readonly VendorRequest[];
}

export interface LiveOptions {
  tamper?: Tamper;
  store?: Store;
  ports?: Partial<CollectPorts>;
  settings?: Record<string, unknown>;
  timeoutSeconds?: number;
}

/** Where a store's platform was: at another address it would be another platform. */
const addresses = new WeakMap<Store, number>();

/** Reads a made-up platform the whole way: settings, secrets, HTTP, pages, detection, store. */
export async function readLive(
  connector: Connector,
  vendor: FixtureVendor,
  options: LiveOptions = {},
): Promise<LiveRead> {
  const store = options.store ?? (await openStore({ memory: true }));
  const server = await serve(vendor, options.tamper, addresses.get(store));
  addresses.set(store, Number(new URL(server.origin).port));
  try {
    const config = connector.config.parse({ ...vendor.settings(server.origin), ...options.settings });
    const { timeoutSeconds } = options;
    const source = {
      id: `${connector.id}:test`,
      connector,
      config,
      ...(timeoutSeconds !== undefined && { network: { timeoutSeconds } }),
    };
    let now = NOW;
    const ports = collectPorts({
      engine: createEngine(),
      clock: () => (now += 1),
      readSecret: secretReader(vendor.env),
      ...options.ports,
    });
    const coverage = await collect(store, [source], ports);
    return { coverage, records: await recordsIn(store), requests: server.requests };
  } finally {
    await server.close();
    if (!options.store) await store.close();
  }
}

/** Every live record, by `kind/id`. */
export async function recordsIn(store: Store): Promise<Map<string, AnyRecord>> {
  const found = new Map<string, AnyRecord>();
  for (const kind of kinds) {
    for await (const page of store.records.each(kind)) {
      for (const { record } of page) found.set(`${kind}/${record.id}`, record);
    }
  }
  return found;
}
