import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Mailchimp hands out. */
export const mailchimp: readonly Detector[] = [
  defineDetector({
    id: 'mailchimp-api-key',
    title: 'Mailchimp API key',
    provider: 'mailchimp',
    type: 'api-key',
    confidence: 'high',
    keywords: ['-us'],
    pattern: /(?<![\w-])(?<secret>[a-f0-9]{32}-us\d{1,2})(?![\w-])/g,
    span: 50,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `${sample.hex(32)}-us${sample.pick([1, 7, 21])}`),
        (sample) => sampled('{"value": "', `${sample.hex(32)}-us${sample.pick([1, 7, 21])}`, '"}'),
      ],
      ignores: ['aws-us-east-1 and 12-us5'],
    },
  }),
];
