import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Perplexity hands out. */
export const perplexity: readonly Detector[] = [
  defineDetector({
    id: 'perplexity-api-key',
    title: 'Perplexity API key',
    provider: 'perplexity',
    type: 'api-key',
    confidence: 'high',
    keywords: ['pplx-'],
    pattern: /(?<![\w-])(?<secret>pplx-[A-Za-z0-9]{48})(?![\w-])/g,
    span: 70,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `pplx-${sample.alnum(48)}`),
        (sample) => sampled('{"value": "', `pplx-${sample.alnum(48)}`, '"}'),
      ],
      ignores: ['pplx-api'],
    },
  }),
];
