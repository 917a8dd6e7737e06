import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Airtable hands out. */
export const airtable: readonly Detector[] = [
  defineDetector({
    id: 'airtable-pat',
    title: 'Airtable personal access token',
    provider: 'airtable',
    type: 'pat',
    confidence: 'high',
    keywords: ['pat'],
    pattern: /(?<![\w-])(?<secret>pat[A-Za-z0-9]{14}\.[a-f0-9]{64})(?![\w-])/g,
    span: 90,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `pat${sample.alnum(14)}.${sample.hex(64)}`),
        (sample) => sampled('{"value": "', `pat${sample.alnum(14)}.${sample.hex(64)}`, '"}'),
      ],
      ignores: ['patXXXXXXXXXXXXXX.{{token}}'],
    },
  }),
];
