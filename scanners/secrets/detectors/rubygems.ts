import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that RubyGems hands out. */
export const rubygems: readonly Detector[] = [
  defineDetector({
    id: 'rubygems-api-key',
    title: 'RubyGems API key',
    provider: 'rubygems',
    type: 'api-key',
    confidence: 'high',
    keywords: ['rubygems_'],
    pattern: /(?<![\w-])(?<secret>rubygems_[a-f0-9]{48})(?![\w-])/g,
    span: 70,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `rubygems_${sample.hex(48)}`),
        (sample) => sampled('{"value": "', `rubygems_${sample.hex(48)}`, '"}'),
      ],
      ignores: ['rubygems_version'],
    },
  }),
];
