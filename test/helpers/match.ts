import type { Match } from '../../src/core/match.ts';

/** A secret of this fingerprint, as it was found in a definition. */
export function aMatch(fingerprint: string): Match {
  return {
    detector: 'd',
    title: 't',
    type: 'api-key',
    fingerprint,
    masked: '••••',
    place: 'definition',
    at: { path: 'flow.json' },
    confidence: 'high',
  };
}
