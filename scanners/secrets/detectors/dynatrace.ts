import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Dynatrace hands out. */
export const dynatrace: readonly Detector[] = [
  defineDetector({
    id: 'dynatrace-token',
    title: 'Dynatrace API token',
    provider: 'dynatrace',
    type: 'api-key',
    confidence: 'high',
    keywords: ['dt0'],
    pattern: /(?<![\w-])(?<secret>dt0[a-z]\d{2}\.[A-Z0-9]{8,24}\.[A-Z0-9]{64})(?![\w-])/g,
    span: 110,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'API_KEY=',
            `dt0c01.${sample.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 24)}.${sample.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 64)}`,
          ),
        (sample) =>
          sampled(
            '{"value": "',
            `dt0c01.${sample.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 24)}.${sample.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 64)}`,
            '"}',
          ),
      ],
      ignores: ['dt0c01.EXAMPLE'],
    },
  }),
];
