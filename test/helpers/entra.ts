import { afterEach, beforeEach } from 'vitest';
import { entra } from '../../connectors/entra/index.ts';
import { openStore } from '../../db/open.ts';
import type { Store } from '../../src/core/ports.ts';
import { vendor, type Otherwise } from '../vendors/entra.ts';
import { readLive, type LiveRead } from './live.ts';

/** Reads the made-up tenant: in a test into a store of its own, in which what the test read before stands. */
export function tenantReader() {
  let store: Store | undefined;
  beforeEach(async () => {
    store = await openStore({ memory: true });
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
  });
  return {
    store: (): Store | undefined => store,
    read(otherwise: Otherwise = {}, env: Record<string, string> = {}): Promise<LiveRead> {
      const made = vendor(otherwise);
      const ports = { limits: () => [{ requests: 1_000, per: 1_000 }] };
      return readLive(entra, { ...made, env: { ...made.env, ...env } }, { ...(store && { store }), ports });
    },
  };
}

/** The streams that did not come to their end, but for those that Graph has nothing for. */
export function unfinished({ coverage }: LiveRead) {
  return coverage.filter(({ outcome, reason }) => outcome !== 'complete' && reason !== 'not-supported');
}
