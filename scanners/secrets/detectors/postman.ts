import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Postman hands out. */
export const postman: readonly Detector[] = [
  defineDetector({
    id: 'postman-api-key',
    title: 'Postman API key',
    provider: 'postman',
    type: 'api-key',
    confidence: 'high',
    keywords: ['pmak-'],
    pattern: /(?<![\w-])(?<secret>PMAK-[a-f0-9]{24}-[a-f0-9]{34})(?![\w-])/g,
    span: 80,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `PMAK-${sample.hex(24)}-${sample.hex(34)}`),
        (sample) => sampled('{"value": "', `PMAK-${sample.hex(24)}-${sample.hex(34)}`, '"}'),
      ],
      ignores: ['PMAK-key'],
    },
  }),
];
