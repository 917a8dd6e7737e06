import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Linear hands out. */
export const linear: readonly Detector[] = [
  defineDetector({
    id: 'linear-api-key',
    title: 'Linear API key',
    provider: 'linear',
    type: 'api-key',
    confidence: 'high',
    keywords: ['lin_api_', 'lin_oauth_'],
    pattern: /(?<![\w-])(?<secret>lin_(?:api|oauth)_[A-Za-z0-9]{40,64})(?![\w-])/g,
    span: 90,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `lin_api_${sample.alnum(40)}`),
        (sample) => sampled('{"value": "', `lin_api_${sample.alnum(40)}`, '"}'),
      ],
      ignores: ['lin_api_key'],
    },
  }),
];
