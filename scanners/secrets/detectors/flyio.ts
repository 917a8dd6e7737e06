import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Fly.io hands out. */
export const flyio: readonly Detector[] = [
  defineDetector({
    id: 'flyio-token',
    title: 'Fly.io access token',
    provider: 'fly.io',
    type: 'api-key',
    confidence: 'high',
    keywords: ['fo1_', 'fm1', 'fm2_'],
    pattern: /(?<![\w-])(?<secret>fo1_[\w-]{43}|fm(?:1[ar]|2)_[A-Za-z0-9+/]{100,700}={0,3})(?![\w-])/g,
    span: 760,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `fo1_${sample.base64url(43)}`),
        (sample) => sampled('{"value": "', `fo1_${sample.base64url(43)}`, '"}'),
      ],
      ignores: ['fo1_token'],
    },
  }),
];
