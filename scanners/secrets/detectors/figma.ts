import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Figma hands out. */
export const figma: readonly Detector[] = [
  defineDetector({
    id: 'figma-pat',
    title: 'Figma personal access token',
    provider: 'figma',
    type: 'pat',
    confidence: 'high',
    keywords: ['figd_'],
    pattern: /(?<![\w-])(?<secret>figd_[\w-]{38,43})(?![\w-])/g,
    span: 70,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `figd_${sample.base64url(40)}`),
        (sample) => sampled('{"value": "', `figd_${sample.base64url(40)}`, '"}'),
      ],
      ignores: ['figd_token'],
    },
  }),
];
