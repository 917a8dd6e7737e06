import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that DigitalOcean hands out. */
export const digitalocean: readonly Detector[] = [
  defineDetector({
    id: 'digitalocean-token',
    title: 'DigitalOcean token',
    provider: 'digitalocean',
    type: 'api-key',
    confidence: 'high',
    keywords: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    pattern: /(?<![\w-])(?<secret>do[opr]_v1_[a-f0-9]{64})(?![\w-])/g,
    span: 80,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `dop_v1_${sample.hex(64)}`),
        (sample) => sampled('{"value": "', `dop_v1_${sample.hex(64)}`, '"}'),
      ],
      ignores: ['dop_v1_${TOKEN}'],
    },
  }),
];
