import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that SendGrid hands out. */
export const sendgrid: readonly Detector[] = [
  defineDetector({
    id: 'sendgrid-api-key',
    title: 'SendGrid API key',
    provider: 'sendgrid',
    type: 'api-key',
    confidence: 'high',
    keywords: ['sg.'],
    pattern: /(?<![\w-])(?<secret>SG\.[\w-]{20,24}\.[\w-]{39,50})(?![\w-])/g,
    span: 90,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `SG.${sample.base64url(22)}.${sample.base64url(43)}`),
        (sample) => sampled('{"value": "', `SG.${sample.base64url(22)}.${sample.base64url(43)}`, '"}'),
      ],
      ignores: ['SG.xxxxxxxx.yyyyyyyy'],
    },
  }),
];
