import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that PlanetScale hands out. */
export const planetscale: readonly Detector[] = [
  defineDetector({
    id: 'planetscale-token',
    title: 'PlanetScale token or password',
    provider: 'planetscale',
    type: 'api-key',
    confidence: 'high',
    keywords: ['pscale_'],
    pattern: /(?<![\w-])(?<secret>pscale_(?:tkn|oauth|pw)_[\w=.-]{32,64})(?![\w-])/g,
    span: 90,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `pscale_tkn_${sample.base64url(43)}`),
        (sample) => sampled('{"value": "', `pscale_tkn_${sample.base64url(43)}`, '"}'),
      ],
      ignores: ['pscale_tkn_id'],
    },
  }),
];
