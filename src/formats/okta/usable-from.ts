import { at, listAt, textAt, type Part } from '../tree.ts';
import type { UsableFrom } from './api-token.ts';

/** From where a token or app may be used, as far as a list tells: it names the zones, and not which addresses they hold. */
export function usableFrom(network: Part): UsableFrom {
  const connection = textAt(network, 'connection');
  if (connection === undefined) return { gap: 'not-seen' };
  const zones = textAt(network, 'include') ?? listAt(network, 'include')[0];
  return connection === 'ANYWHERE' || zones === undefined || at(network, 'include') === null
    ? { usableFrom: 'anywhere' }
    : { gap: 'not-seen' };
}
