import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that New Relic hands out. */
export const newRelic: readonly Detector[] = [
  defineDetector({
    id: 'new-relic-key',
    title: 'New Relic user or insight key',
    provider: 'new-relic',
    type: 'api-key',
    confidence: 'high',
    keywords: ['nrak-', 'nriq-', 'nrii-', 'nrjs-'],
    pattern: /(?<![\w-])(?<secret>NRAK-[A-Z0-9]{27}|NRI[QI]-[\w-]{32})(?![\w-])/g,
    span: 50,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `NRAK-${sample.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 27)}`),
        (sample) => sampled('{"value": "', `NRAK-${sample.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 27)}`, '"}'),
      ],
      ignores: ['NRAK-EXAMPLE'],
    },
  }),
];
