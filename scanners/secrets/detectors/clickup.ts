import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that ClickUp hands out. */
export const clickup: readonly Detector[] = [
  defineDetector({
    id: 'clickup-token',
    title: 'ClickUp personal API token',
    provider: 'clickup',
    type: 'pat',
    confidence: 'high',
    keywords: ['pk_'],
    pattern: /(?<![\w-])(?<secret>pk_\d{6,9}_[A-Z0-9]{32})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'API_KEY=',
            `pk_${sample.chars('123456789', 8)}_${sample.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 32)}`,
          ),
        (sample) =>
          sampled(
            '{"value": "',
            `pk_${sample.chars('123456789', 8)}_${sample.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 32)}`,
            '"}',
          ),
      ],
      ignores: ['pk_live_publishable'],
    },
  }),
];
