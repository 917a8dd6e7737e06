import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Hugging Face hands out. */
export const huggingFace: readonly Detector[] = [
  defineDetector({
    id: 'hugging-face-token',
    title: 'Hugging Face access token',
    provider: 'hugging-face',
    type: 'api-key',
    confidence: 'high',
    keywords: ['hf_', 'api_org_'],
    pattern: /(?<![\w-])(?<secret>(?:hf_|api_org_)[A-Za-z]{34})(?![\w-])/g,
    span: 50,
    examples: {
      finds: [
        (sample) =>
          sampled('API_KEY=', `hf_${sample.chars('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 34)}`),
        (sample) =>
          sampled(
            '{"value": "',
            `hf_${sample.chars('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 34)}`,
            '"}',
          ),
      ],
      ignores: ['hf_hub_download_with_progress'],
    },
  }),
];
