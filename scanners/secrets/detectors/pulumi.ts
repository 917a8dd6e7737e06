import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Pulumi hands out. */
export const pulumi: readonly Detector[] = [
  defineDetector({
    id: 'pulumi-access-token',
    title: 'Pulumi access token',
    provider: 'pulumi',
    type: 'api-key',
    confidence: 'high',
    keywords: ['pul-'],
    pattern: /(?<![\w-])(?<secret>pul-[a-f0-9]{40})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `pul-${sample.hex(40)}`),
        (sample) => sampled('{"value": "', `pul-${sample.hex(40)}`, '"}'),
      ],
      ignores: ['pul-up'],
    },
  }),
];
