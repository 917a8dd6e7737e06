import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Docker hands out. */
export const docker: readonly Detector[] = [
  defineDetector({
    id: 'docker-access-token',
    title: 'Docker Hub access token',
    provider: 'docker',
    type: 'pat',
    confidence: 'high',
    keywords: ['dckr_'],
    pattern: /(?<![\w-])(?<secret>dckr_(?:pat|oat)_[\w-]{27,36})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `dckr_pat_${sample.base64url(27)}`),
        (sample) => sampled('{"value": "', `dckr_pat_${sample.base64url(27)}`, '"}'),
      ],
      ignores: ['dckr_pat_$TOKEN'],
    },
  }),
];
