import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';
import { looksRandom } from '../randomness.ts';

/** Secrets that Okta hands out. */
export const okta: readonly Detector[] = [
  defineDetector({
    id: 'okta-api-token',
    title: 'Okta API token',
    provider: 'okta',
    type: 'api-key',
    confidence: 'high',
    keywords: ['ssws', 'okta'],
    pattern:
      /(?:ssws[ \t]{1,3}|okta[\w. \t'"\]\\-]{0,50}(?:=>|:=|[=:,(>]){1,3}[ \t]{0,5}\\?["'`]?)(?<secret>00[\w-]{40})(?![\w-])/gi,
    span: 160,
    prove: (secret) => looksRandom(secret) && {},
    examples: {
      finds: [
        (sample) => sampled('Authorization: SSWS ', `00${sample.base64url(40)}`),
        (sample) => sampled('okta_api_token = "', `00${sample.base64url(40)}`, '"'),
      ],
      ignores: ['Authorization: SSWS ${token}'],
    },
  }),
];
