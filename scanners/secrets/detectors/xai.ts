import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that xAI hands out. */
export const xai: readonly Detector[] = [
  defineDetector({
    id: 'xai-api-key',
    title: 'xAI API key',
    provider: 'xai',
    type: 'api-key',
    confidence: 'high',
    keywords: ['xai-'],
    pattern: /(?<![\w-])(?<secret>xai-[A-Za-z0-9]{70,90})(?![\w-])/g,
    span: 110,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `xai-${sample.alnum(80)}`),
        (sample) => sampled('{"value": "', `xai-${sample.alnum(80)}`, '"}'),
      ],
      ignores: ['xai-grok-2'],
    },
  }),
];
