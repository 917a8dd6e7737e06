import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Doppler hands out. */
export const doppler: readonly Detector[] = [
  defineDetector({
    id: 'doppler-token',
    title: 'Doppler token',
    provider: 'doppler',
    type: 'api-key',
    confidence: 'high',
    keywords: ['dp.'],
    pattern: /(?<![\w-])(?<secret>dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44})(?![\w-])/g,
    span: 100,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `dp.pt.${sample.alnum(43)}`),
        (sample) => sampled('{"value": "', `dp.pt.${sample.alnum(43)}`, '"}'),
      ],
      ignores: ['dp.pt.example'],
    },
  }),
];
