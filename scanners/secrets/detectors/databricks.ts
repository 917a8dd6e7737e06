import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Databricks hands out. */
export const databricks: readonly Detector[] = [
  defineDetector({
    id: 'databricks-pat',
    title: 'Databricks personal access token',
    provider: 'databricks',
    type: 'pat',
    confidence: 'high',
    keywords: ['dapi'],
    pattern: /(?<![\w-])(?<secret>dapi[a-f0-9]{32}(?:-\d)?)(?![\w-])/g,
    span: 50,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `dapi${sample.hex(32)}`),
        (sample) => sampled('{"value": "', `dapi${sample.hex(32)}`, '"}'),
      ],
      ignores: ['dapi${var.token}'],
    },
  }),
];
