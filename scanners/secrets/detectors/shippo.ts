import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Shippo hands out. */
export const shippo: readonly Detector[] = [
  defineDetector({
    id: 'shippo-api-token',
    title: 'Shippo API token',
    provider: 'shippo',
    type: 'api-key',
    confidence: 'high',
    keywords: ['shippo_'],
    pattern: /(?<![\w-])(?<secret>shippo_(?:live|test)_[a-f0-9]{40})(?![\w-])/g,
    span: 70,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `shippo_live_${sample.hex(40)}`),
        (sample) => sampled('{"value": "', `shippo_live_${sample.hex(40)}`, '"}'),
      ],
      ignores: ['shippo_live_token'],
    },
  }),
];
