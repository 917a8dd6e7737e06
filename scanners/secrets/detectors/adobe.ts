import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Adobe hands out. */
export const adobe: readonly Detector[] = [
  defineDetector({
    id: 'adobe-sign-integration-key',
    title: 'Adobe Acrobat Sign integration key',
    provider: 'adobe',
    type: 'api-key',
    confidence: 'high',
    keywords: ['3aaabl', '3cnabl'],
    pattern: /(?<![\w-])(?<secret>3(?:AAA|CNA)BL[\w*-]{40,200})(?![\w-])/g,
    span: 230,
    examples: {
      finds: [(sample) => sampled('Authorization: Bearer ', `3AAABL${sample.base64url(70)}*`)],
      ignores: ['3AAABL…'],
    },
  }),
  defineDetector({
    id: 'adobe-client-secret',
    title: 'Adobe client secret',
    provider: 'adobe',
    type: 'client-secret',
    confidence: 'high',
    keywords: ['p8e-'],
    pattern: /(?<![\w-])(?<secret>p8e-[A-Za-z0-9_-]{32})(?![\w-])/g,
    span: 50,
    examples: {
      finds: [(sample) => sampled('client_secret=', `p8e-${sample.alnum(32)}`)],
      ignores: ['p8e-client'],
    },
  }),
];
