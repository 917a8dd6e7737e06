import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Typeform hands out. */
export const typeform: readonly Detector[] = [
  defineDetector({
    id: 'typeform-pat',
    title: 'Typeform personal access token',
    provider: 'typeform',
    type: 'pat',
    confidence: 'high',
    keywords: ['tfp_'],
    pattern: /(?<![\w-])(?<secret>tfp_[\w.=-]{40,60})(?![\w-])/g,
    span: 80,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `tfp_${sample.alnum(44)}_${sample.alnum(14)}`),
        (sample) => sampled('{"value": "', `tfp_${sample.alnum(44)}_${sample.alnum(14)}`, '"}'),
      ],
      ignores: ['tfp_token'],
    },
  }),
];
