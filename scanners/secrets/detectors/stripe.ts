import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';
import { looksRandom } from '../randomness.ts';

/** Secrets that Stripe hands out. */
export const stripe: readonly Detector[] = [
  defineDetector({
    id: 'stripe-api-key',
    title: 'Stripe secret or restricted key',
    provider: 'stripe',
    type: 'api-key',
    confidence: 'high',
    keywords: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'sk_prod_', 'rk_prod_'],
    pattern: /(?<![A-Za-z0-9])(?<secret>[sr]k_(?:live|test|prod)_[A-Za-z0-9]{16,120})(?![\w-])/g,
    span: 150,
    prove: (secret) =>
      looksRandom(secret.slice(8)) &&
      (secret.slice(2).startsWith('_test') ? { title: 'Stripe test-mode key', confidence: 'medium' } : {}),
    examples: {
      finds: [
        (sample) =>
          sampled('STRIPE_KEY=', `${sample.pick(['sk', 'rk'])}_${sample.pick(['live', 'test'])}_${sample.alnum(24)}`),
      ],
      ignores: ['pk_live_publishable', 'sk_test_your_key_here_please_now'],
    },
  }),
  defineDetector({
    id: 'stripe-webhook-secret',
    title: 'Stripe webhook signing secret',
    provider: 'stripe',
    type: 'webhook-secret',
    confidence: 'high',
    keywords: ['whsec_'],
    pattern: /(?<![A-Za-z0-9])(?<secret>whsec_[A-Za-z0-9+/]{32,64}={0,2})(?![\w+/-])/g,
    span: 90,
    examples: {
      finds: [(sample) => sampled('STRIPE_WEBHOOK_SECRET=', `whsec_${sample.alnum(32)}`)],
      ignores: ['whsec_...'],
    },
  }),
];
