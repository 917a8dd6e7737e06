import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Sentry hands out. */
export const sentry: readonly Detector[] = [
  defineDetector({
    id: 'sentry-token',
    title: 'Sentry token',
    provider: 'sentry',
    type: 'api-key',
    confidence: 'high',
    keywords: ['sntrys_', 'sntryu_', 'sntrya_'],
    pattern: /(?<![\w-])(?<secret>sntry[ua]_[a-f0-9]{64}|sntrys_eyJ[A-Za-z0-9+/=_-]{80,400})(?![\w-])/g,
    span: 420,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `sntryu_${sample.hex(64)}`),
        (sample) => sampled('{"value": "', `sntryu_${sample.hex(64)}`, '"}'),
      ],
      ignores: ['sntryu_token'],
    },
  }),
];
