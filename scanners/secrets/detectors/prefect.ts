import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Prefect hands out. */
export const prefect: readonly Detector[] = [
  defineDetector({
    id: 'prefect-api-key',
    title: 'Prefect API key',
    provider: 'prefect',
    type: 'api-key',
    confidence: 'high',
    keywords: ['pnu_'],
    pattern: /(?<![\w-])(?<secret>pnu_[A-Za-z0-9]{36})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `pnu_${sample.alnum(36)}`),
        (sample) => sampled('{"value": "', `pnu_${sample.alnum(36)}`, '"}'),
      ],
      ignores: ['pnu_key'],
    },
  }),
];
