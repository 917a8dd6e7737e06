import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Cloudflare hands out. */
export const cloudflare: readonly Detector[] = [
  defineDetector({
    id: 'cloudflare-origin-ca-key',
    title: 'Cloudflare origin CA key',
    provider: 'cloudflare',
    type: 'api-key',
    confidence: 'high',
    keywords: ['v1.0-'],
    pattern: /(?<![\w-])(?<secret>v1\.0-[a-f0-9]{24}-[a-f0-9]{146})(?![\w-])/g,
    span: 190,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `v1.0-${sample.hex(24)}-${sample.hex(146)}`),
        (sample) => sampled('{"value": "', `v1.0-${sample.hex(24)}-${sample.hex(146)}`, '"}'),
      ],
      ignores: ['v1.0-beta'],
    },
  }),
];
