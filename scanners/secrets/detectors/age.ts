import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Private keys of the age encryption tool. */
export const age: readonly Detector[] = [
  defineDetector({
    id: 'age-secret-key',
    title: 'age encryption key',
    provider: 'age',
    type: 'private-key',
    confidence: 'high',
    keywords: ['age-secret-key-1'],
    pattern: /(?<![\w-])(?<secret>AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})(?![\w-])/g,
    span: 90,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `AGE-SECRET-KEY-1${sample.chars('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}`),
        (sample) =>
          sampled('{"value": "', `AGE-SECRET-KEY-1${sample.chars('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}`, '"}'),
      ],
      ignores: ['AGE-SECRET-KEY-1...'],
    },
  }),
];
