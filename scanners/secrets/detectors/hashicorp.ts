import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that HashiCorp hands out. */
export const hashicorp: readonly Detector[] = [
  defineDetector({
    id: 'hashicorp-vault-token',
    title: 'HashiCorp Vault or Terraform Cloud token',
    provider: 'hashicorp',
    type: 'api-key',
    confidence: 'high',
    keywords: ['hvs.', 'hvb.', 'hvr.', '.atlasv1.'],
    pattern: /(?<![\w-])(?<secret>hv[sbr]\.[\w-]{24,300}|[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70})(?![\w-])/g,
    span: 320,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'API_KEY=',
            sample.pick([`hvs.${sample.base64url(95)}`, `${sample.alnum(14)}.atlasv1.${sample.base64url(67)}`]),
          ),
        (sample) =>
          sampled(
            '{"value": "',
            sample.pick([`hvs.${sample.base64url(95)}`, `${sample.alnum(14)}.atlasv1.${sample.base64url(67)}`]),
            '"}',
          ),
      ],
      ignores: ['hvs.example'],
    },
  }),
];
