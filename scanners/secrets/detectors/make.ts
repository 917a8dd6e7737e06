import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Make hands out. */
export const make: readonly Detector[] = [
  defineDetector({
    id: 'make-webhook-url',
    title: 'Make webhook URL',
    provider: 'make',
    type: 'webhook-url',
    confidence: 'high',
    keywords: ['hook.'],
    pattern: /(?<secret>https:\/\/hook\.(?:[a-z]{2}\d\.)?(?:make|integromat|celonis)\.com\/[a-z0-9]{24,40})(?![\w-])/g,
    span: 110,
    examples: {
      finds: [
        (sample) =>
          sampled('url: ', `https://hook.eu1.make.com/${sample.chars('abcdefghijklmnopqrstuvwxyz0123456789', 32)}`),
      ],
      ignores: ['https://hook.eu1.make.com/{{path}}'],
    },
  }),
];
