import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Anthropic hands out. */
export const anthropic: readonly Detector[] = [
  defineDetector({
    id: 'anthropic-api-key',
    title: 'Anthropic API key',
    provider: 'anthropic',
    type: 'api-key',
    confidence: 'high',
    keywords: ['sk-ant-'],
    pattern: /(?<![\w-])(?<secret>sk-ant-[a-z]{2,10}\d{2}-[\w-]{60,140})(?![\w-])/g,
    span: 180,
    examples: {
      finds: [
        (sample) =>
          sampled('API_KEY=', `sk-ant-${sample.pick(['api03', 'admin01', 'oat01'])}-${sample.base64url(93)}AA`),
        (sample) =>
          sampled(
            '{"value": "',
            `sk-ant-${sample.pick(['api03', 'admin01', 'oat01'])}-${sample.base64url(93)}AA`,
            '"}',
          ),
      ],
      ignores: ['ANTHROPIC_API_KEY=sk-ant-api03-your-key-here'],
    },
  }),
];
