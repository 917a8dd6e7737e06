import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';
import { looksRandom } from '../randomness.ts';

/** Secrets that Discord hands out. */
export const discord: readonly Detector[] = [
  defineDetector({
    id: 'discord-webhook-url',
    title: 'Discord webhook URL',
    provider: 'discord',
    type: 'webhook-url',
    confidence: 'high',
    keywords: ['/api/webhooks/'],
    pattern:
      /(?<secret>https?:\/\/(?:\w{1,10}\.)?discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{17,20}\/[\w-]{60,80})/g,
    span: 170,
    examples: {
      finds: [
        (sample) =>
          sampled('url: ', `https://discord.com/api/webhooks/${sample.chars('123456789', 18)}/${sample.base64url(68)}`),
      ],
      ignores: ['https://discord.com/api/webhooks/{{id}}/{{token}}'],
    },
  }),
  defineDetector({
    id: 'discord-bot-token',
    title: 'Discord bot token',
    provider: 'discord',
    type: 'api-key',
    confidence: 'high',
    keywords: ['discord', 'bot ', 'token'],
    pattern: /(?<![\w-])(?<secret>[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{27,40})(?![\w-])/g,
    span: 120,
    prove: (secret) => looksRandom(secret) && {},
    examples: {
      finds: [
        (sample) =>
          sampled('discord_token = "', `M${sample.alnum(23)}.${sample.alnum(6)}.${sample.base64url(38)}`, '"'),
      ],
      ignores: ['token = Module.export.name'],
    },
  }),
];
