import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Zapier hands out. */
export const zapier: readonly Detector[] = [
  defineDetector({
    id: 'zapier-webhook-url',
    title: 'Zapier webhook URL',
    provider: 'zapier',
    type: 'webhook-url',
    confidence: 'high',
    keywords: ['hooks.zapier.com'],
    pattern:
      /(?<secret>https:\/\/hooks\.zapier\.com\/hooks\/(?:catch|standard)\/(?:v\d\/)?\d{4,12}\/[a-z0-9]{5,40})(?![\w-])/g,
    span: 110,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'url: ',
            `https://hooks.zapier.com/hooks/catch/${sample.chars('123456789', 7)}/${sample.chars('abcdefghijklmnopqrstuvwxyz0123456789', 7)}/`.slice(
              0,
              -1,
            ),
          ),
      ],
      ignores: ['https://hooks.zapier.com/hooks/catch/{{id}}'],
    },
  }),
];
