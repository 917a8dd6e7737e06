import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Shopify hands out. */
export const shopify: readonly Detector[] = [
  defineDetector({
    id: 'shopify-token',
    title: 'Shopify access token or shared secret',
    provider: 'shopify',
    type: 'oauth-token',
    confidence: 'high',
    keywords: ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
    pattern: /(?<![\w-])(?<secret>shp(?:at|ca|pa|ss)_[A-Za-z0-9]{32,64})(?![\w-])/g,
    span: 50,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `${sample.pick(['shpat_', 'shpca_', 'shppa_', 'shpss_'])}${sample.hex(32)}`),
        (sample) =>
          sampled('{"value": "', `${sample.pick(['shpat_', 'shpca_', 'shppa_', 'shpss_'])}${sample.hex(32)}`, '"}'),
      ],
      ignores: ['shpat_token'],
    },
  }),
];
