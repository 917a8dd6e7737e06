import { entra } from '../../connectors/entra/index.ts';
import type { Store } from '../../src/core/ports.ts';
import { vendor, type Otherwise } from '../vendors/entra.ts';
import { readLive, type LiveRead } from './live.ts';

/** Reads the made-up tenant into a store, in which what was read before stands. */
export function readTenant(store: Store, otherwise: Otherwise = {}, env: Record<string, string> = {}) {
  const made = vendor(otherwise);
  const ports = { limits: () => [{ requests: 1_000, per: 1_000 }] };
  return readLive(entra, { ...made, env: { ...made.env, ...env } }, { store, ports });
}

/** The streams that did not come to their end, but for those that Graph has nothing for. */
export function unfinished({ coverage }: LiveRead) {
  return coverage.filter(({ outcome, reason }) => outcome !== 'complete' && reason !== 'not-supported');
}
