import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Brevo hands out. */
export const brevo: readonly Detector[] = [
  defineDetector({
    id: 'brevo-api-key',
    title: 'Brevo API key',
    provider: 'brevo',
    type: 'api-key',
    confidence: 'high',
    keywords: ['xkeysib-', 'xsmtpsib-'],
    pattern: /(?<![\w-])(?<secret>x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16})(?![\w-])/g,
    span: 110,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `xkeysib-${sample.hex(64)}-${sample.alnum(16)}`),
        (sample) => sampled('{"value": "', `xkeysib-${sample.hex(64)}-${sample.alnum(16)}`, '"}'),
      ],
      ignores: ['xkeysib-key'],
    },
  }),
];
