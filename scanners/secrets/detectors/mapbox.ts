import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Mapbox hands out. */
export const mapbox: readonly Detector[] = [
  defineDetector({
    id: 'mapbox-secret-token',
    title: 'Mapbox secret token',
    provider: 'mapbox',
    type: 'api-key',
    confidence: 'high',
    keywords: ['sk.eyj'],
    pattern: /(?<![\w-])(?<secret>sk\.eyJ[\w-]{60,100}\.[\w-]{20,30})(?![\w-])/g,
    span: 150,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `sk.eyJ${sample.base64url(80)}.${sample.base64url(22)}`),
        (sample) => sampled('{"value": "', `sk.eyJ${sample.base64url(80)}.${sample.base64url(22)}`, '"}'),
      ],
      ignores: ['pk.eyJ1Ijoi'],
    },
  }),
];
