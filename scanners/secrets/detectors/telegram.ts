import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Telegram hands out. */
export const telegram: readonly Detector[] = [
  defineDetector({
    id: 'telegram-bot-token',
    title: 'Telegram bot token',
    provider: 'telegram',
    type: 'api-key',
    confidence: 'high',
    keywords: [':aa', 'bot'],
    pattern: /(?:(?<![\w-])|(?<=\/bot))(?<secret>\d{8,10}:AA[\w-]{33})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'https://api.telegram.org/bot',
            `${sample.chars('123456789', 10)}:AA${sample.base64url(33)}`,
            '/sendMessage',
          ),
      ],
      ignores: ['https://api.telegram.org/bot{{token}}/sendMessage'],
    },
  }),
];
