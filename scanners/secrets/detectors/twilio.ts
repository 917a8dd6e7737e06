import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Twilio hands out. */
export const twilio: readonly Detector[] = [
  defineDetector({
    id: 'twilio-auth-token',
    title: 'Twilio auth token',
    provider: 'twilio',
    type: 'api-key',
    confidence: 'medium',
    keywords: ['twilio'],
    pattern:
      /(?:twilio)[\w. \t'"\]\\-]{0,50}(?:=>|:=|[=:,(>]){1,3}[ \t]{0,5}\\?["'`]?(?<secret>[A-Za-z0-9]{32})(?![\w+/=-])/gi,
    span: 140,
    examples: {
      finds: [(sample) => sampled('TWILIO_AUTH_TOKEN=', sample.hex(32))],
      ignores: ['TWILIO_AUTH_TOKEN=<token>'],
    },
  }),
];
