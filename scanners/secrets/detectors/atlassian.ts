import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Atlassian hands out. */
export const atlassian: readonly Detector[] = [
  defineDetector({
    id: 'atlassian-api-token',
    title: 'Atlassian API token',
    provider: 'atlassian',
    type: 'api-key',
    confidence: 'high',
    keywords: ['atatt3', 'atbb'],
    pattern: /(?<![\w-])(?<secret>ATATT3[\w=-]{180,220}|ATBB[A-Za-z0-9]{32})(?![\w-])/g,
    span: 240,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `ATATT3${sample.base64url(182)}=${sample.hex(8).toUpperCase()}`),
        (sample) => sampled('{"value": "', `ATATT3${sample.base64url(182)}=${sample.hex(8).toUpperCase()}`, '"}'),
      ],
      ignores: ['ATATT3xFfGF0...'],
    },
  }),
];
