import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that 1Password hands out. */
export const onepassword: readonly Detector[] = [
  defineDetector({
    id: 'onepassword-service-account-token',
    title: '1Password service account token or secret key',
    provider: '1password',
    type: 'api-key',
    confidence: 'high',
    keywords: ['ops_eyj', 'a3-'],
    pattern:
      /(?<![\w-])(?<secret>ops_eyJ[A-Za-z0-9+/=_-]{200,1500}|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3})(?![\w-])/g,
    span: 1600,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `ops_eyJ${sample.base64url(400)}`),
        (sample) => sampled('{"value": "', `ops_eyJ${sample.base64url(400)}`, '"}'),
      ],
      ignores: ['ops_eyJ...'],
    },
  }),
];
