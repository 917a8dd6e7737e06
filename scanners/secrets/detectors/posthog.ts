import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that PostHog hands out. */
export const posthog: readonly Detector[] = [
  defineDetector({
    id: 'posthog-personal-api-key',
    title: 'PostHog personal API key',
    provider: 'posthog',
    type: 'api-key',
    confidence: 'high',
    keywords: ['phx_'],
    pattern: /(?<![\w-])(?<secret>phx_[A-Za-z0-9]{43,50})(?![\w-])/g,
    span: 70,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `phx_${sample.alnum(43)}`),
        (sample) => sampled('{"value": "', `phx_${sample.alnum(43)}`, '"}'),
      ],
      ignores: ['phx_project'],
    },
  }),
];
