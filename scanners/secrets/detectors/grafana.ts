import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Grafana hands out. */
export const grafana: readonly Detector[] = [
  defineDetector({
    id: 'grafana-token',
    title: 'Grafana service account or cloud token',
    provider: 'grafana',
    type: 'api-key',
    confidence: 'high',
    keywords: ['glsa_', 'glc_'],
    pattern: /(?<![\w-])(?<secret>glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2})(?![\w-])/g,
    span: 420,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `glsa_${sample.alnum(32)}_${sample.hex(8)}`),
        (sample) => sampled('{"value": "', `glsa_${sample.alnum(32)}_${sample.hex(8)}`, '"}'),
      ],
      ignores: ['glsa_token'],
    },
  }),
];
