import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Buildkite hands out. */
export const buildkite: readonly Detector[] = [
  defineDetector({
    id: 'buildkite-token',
    title: 'Buildkite API token',
    provider: 'buildkite',
    type: 'api-key',
    confidence: 'high',
    keywords: ['bkua_'],
    pattern: /(?<![\w-])(?<secret>bkua_[a-f0-9]{40})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `bkua_${sample.hex(40)}`),
        (sample) => sampled('{"value": "', `bkua_${sample.hex(40)}`, '"}'),
      ],
      ignores: ['bkua_${TOKEN}'],
    },
  }),
];
