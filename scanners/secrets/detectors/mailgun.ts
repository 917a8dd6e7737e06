import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Mailgun hands out. */
export const mailgun: readonly Detector[] = [
  defineDetector({
    id: 'mailgun-api-key',
    title: 'Mailgun private API key',
    provider: 'mailgun',
    type: 'api-key',
    confidence: 'high',
    keywords: ['key-', 'mailgun'],
    pattern: /(?<![\w-])(?<secret>key-[a-f0-9]{32})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [(sample) => sampled('api:', `key-${sample.hex(32)}`)],
      ignores: ['key-value'],
    },
  }),
  defineDetector({
    id: 'mailgun-sending-key',
    title: 'Mailgun sending or signing key',
    provider: 'mailgun',
    type: 'api-key',
    confidence: 'high',
    keywords: ['mailgun'],
    pattern:
      /(?:mailgun)[\w. \t'"\]\\-]{0,50}(?:=>|:=|[=:,(>]){1,3}[ \t]{0,5}\\?["'`]?(?<secret>[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8})(?![\w+/=-])/gi,
    span: 160,
    examples: {
      finds: [(sample) => sampled('MAILGUN_API_KEY=', `${sample.hex(32)}-${sample.hex(8)}-${sample.hex(8)}`)],
      ignores: ['MAILGUN_API_KEY=$KEY'],
    },
  }),
];
