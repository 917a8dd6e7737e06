import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';
import { looksRandom, wordiness } from '../randomness.ts';

/** Secrets that OpenAI hands out. */
export const openai: readonly Detector[] = [
  defineDetector({
    id: 'openai-api-key',
    title: 'OpenAI API key',
    provider: 'openai',
    type: 'api-key',
    confidence: 'high',
    keywords: ['t3blbkfj'],
    pattern:
      /(?<![\w-])(?<secret>sk-(?:(?:proj|svcacct|admin|service|None)-)?[\w-]{20,100}T3BlbkFJ[\w-]{20,100})(?![\w-])/g,
    span: 230,
    examples: {
      finds: [
        (sample) => sampled('OPENAI_API_KEY=', `sk-${sample.alnum(20)}T3BlbkFJ${sample.alnum(20)}`),
        (sample) => sampled('Bearer ', `sk-proj-${sample.base64url(74)}T3BlbkFJ${sample.base64url(74)}`),
      ],
      ignores: ['sk-your-openai-key'],
    },
  }),
  defineDetector({
    id: 'openai-style-api-key',
    title: 'API key in the form that OpenAI introduced',
    provider: 'openai',
    type: 'api-key',
    confidence: 'medium',
    keywords: ['sk-'],
    pattern:
      /(?<![\w-])(?<secret>sk-(?:or-v1-[a-f0-9]{64}|(?:proj|svcacct|admin)-[\w-]{40,180}|[a-f0-9]{32}|[A-Za-z0-9]{48}))(?![\w-])/g,
    span: 210,
    prove: (secret) => {
      // SiliconFlow's have no digit and no capital.
      if (/^sk-[a-z]{48}$/.test(secret)) return wordiness(secret) < 0.5 && { title: 'SiliconFlow API key' };
      if (!looksRandom(secret) || secret.includes('T3BlbkFJ')) return false;
      return secret.startsWith('sk-or-') ? { title: 'OpenRouter API key' } : {};
    },
    examples: {
      finds: [
        (sample) => sampled('apiKey: "', `sk-${sample.hex(32)}`, '"'),
        (sample) => sampled('value: ', `sk-${sample.chars('bcdefghijkmnopqrstuvwxyz', 48)}`),
      ],
      ignores: [
        'sk-learn and sk-loading-animation-component-large',
        'sk-thisisthekeythatyouhavetoreplacebeforeyoustartit',
      ],
    },
  }),
];
