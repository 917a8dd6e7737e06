import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Notion hands out. */
export const notion: readonly Detector[] = [
  defineDetector({
    id: 'notion-token',
    title: 'Notion integration token',
    provider: 'notion',
    type: 'api-key',
    confidence: 'high',
    keywords: ['secret_', 'ntn_'],
    pattern: /(?<![\w-])(?<secret>secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{43,50})(?![\w-])/g,
    span: 70,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `${sample.pick(['secret_', 'ntn_'])}${sample.alnum(43)}`),
        (sample) => sampled('{"value": "', `${sample.pick(['secret_', 'ntn_'])}${sample.alnum(43)}`, '"}'),
      ],
      ignores: ['secret_key_base and ntn_token'],
    },
  }),
];
