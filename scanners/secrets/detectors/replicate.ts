import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Replicate hands out. */
export const replicate: readonly Detector[] = [
  defineDetector({
    id: 'replicate-api-token',
    title: 'Replicate API token',
    provider: 'replicate',
    type: 'api-key',
    confidence: 'high',
    keywords: ['r8_'],
    pattern: /(?<![\w-])(?<secret>r8_[A-Za-z0-9]{37})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `r8_${sample.alnum(37)}`),
        (sample) => sampled('{"value": "', `r8_${sample.alnum(37)}`, '"}'),
      ],
      ignores: ['r8_unorm'],
    },
  }),
];
