import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Groq hands out. */
export const groq: readonly Detector[] = [
  defineDetector({
    id: 'groq-api-key',
    title: 'Groq API key',
    provider: 'groq',
    type: 'api-key',
    confidence: 'high',
    keywords: ['gsk_'],
    pattern: /(?<![\w-])(?<secret>gsk_[A-Za-z0-9]{52})(?![\w-])/g,
    span: 70,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `gsk_${sample.alnum(52)}`),
        (sample) => sampled('{"value": "', `gsk_${sample.alnum(52)}`, '"}'),
      ],
      ignores: ['gsk_your_key'],
    },
  }),
];
