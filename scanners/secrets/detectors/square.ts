import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Square hands out. */
export const square: readonly Detector[] = [
  defineDetector({
    id: 'square-token',
    title: 'Square access token or application secret',
    provider: 'square',
    type: 'oauth-token',
    confidence: 'high',
    keywords: ['sq0', 'eaaa'],
    pattern: /(?<![\w-])(?<secret>sq0(?:atp|csp|idp)-[\w-]{22,60}|EAAA[\w-]{60})(?![\w-])/g,
    span: 90,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `sq0csp-${sample.base64url(43)}`),
        (sample) => sampled('{"value": "', `sq0csp-${sample.base64url(43)}`, '"}'),
      ],
      ignores: ['sq0csp-key'],
    },
  }),
];
