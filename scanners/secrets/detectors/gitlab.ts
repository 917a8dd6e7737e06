import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that GitLab hands out. */
export const gitlab: readonly Detector[] = [
  defineDetector({
    id: 'gitlab-token',
    title: 'GitLab token',
    provider: 'gitlab',
    type: 'pat',
    confidence: 'high',
    keywords: [
      'glpat-',
      'gldt-',
      'glptt-',
      'glrt-',
      'glcbt-',
      'glft-',
      'glsoat-',
      'glagent-',
      'gloas-',
      'glffct-',
      'glimt-',
      'gr1348941',
    ],
    pattern:
      /(?<![\w-])(?<secret>gl(?:pat|dt|ptt|rt|cbt|ft|soat|agent|oas|ffct|imt)-[\w-]{20,64}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?|GR1348941[\w-]{20})(?![\w-])/g,
    span: 120,
    examples: {
      finds: [(sample) => sampled('GITLAB_TOKEN=', `glpat-${sample.base64url(20)}`)],
      ignores: ['glpat-xxxxxxxxxxxxxxxxxxxx'],
    },
  }),
];
