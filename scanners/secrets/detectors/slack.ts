import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Slack hands out. */
export const slack: readonly Detector[] = [
  defineDetector({
    id: 'slack-token',
    title: 'Slack token',
    provider: 'slack',
    type: 'oauth-token',
    confidence: 'high',
    keywords: ['xox'],
    pattern:
      /(?<![\w-])(?<secret>xox[bpears](?:\.xox[bp])?-\d{1,2}-[A-Za-z0-9]{30,400}|xox[bpaosr]-\d{8,14}-[A-Za-z0-9-]{10,200}|xox[bpao]-[A-Za-z0-9]{8,14}-[A-Za-z0-9-]{15,200})(?![\w-])/g,
    span: 440,
    prove: (secret) =>
      /\d{4}/.test(secret) &&
      (secret.startsWith('xoxb')
        ? { title: 'Slack bot token' }
        : secret.startsWith('xoxp')
          ? { title: 'Slack user token' }
          : {}),
    examples: {
      finds: [
        (sample) =>
          sampled(
            'SLACK_TOKEN=',
            `${sample.pick(['xoxb', 'xoxp'])}-${sample.chars('123456789', 12)}-${sample.chars('123456789', 12)}-${sample.alnum(24)}`,
          ),
      ],
      ignores: ['xoxb-your-token', 'xoxb-xxxxxxxxxxxx-xxxxxxxxxxxx'],
    },
  }),
  defineDetector({
    id: 'slack-app-token',
    title: 'Slack app-level token',
    provider: 'slack',
    type: 'api-key',
    confidence: 'high',
    keywords: ['xapp-'],
    pattern: /(?<![\w-])(?<secret>xapp-\d-[A-Z0-9]{8,13}-\d{8,14}-[a-f0-9]{64})(?![\w-])/gi,
    span: 140,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'appToken: ',
            `xapp-1-A0${sample.chars('ABCDEFGHJK123456789', 9)}-${sample.chars('123456789', 13)}-${sample.hex(64)}`,
          ),
      ],
      ignores: ['xapp-1-token'],
    },
  }),
  defineDetector({
    id: 'slack-webhook-url',
    title: 'Slack webhook URL',
    provider: 'slack',
    type: 'webhook-url',
    confidence: 'high',
    keywords: ['hooks.slack.com'],
    pattern:
      /(?<secret>(?:https?:\/\/)?hooks\.slack\.com\/(?:services\/T\w{7,12}\/B\w{7,12}\/[A-Za-z0-9]{20,28}|(?:workflows|triggers)\/[TE]\w{7,12}\/[\w/]{20,90}))/g,
    span: 170,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'url: ',
            `https://hooks.slack.com/services/T${sample.chars('ABCDEFGHJK23456789', 9)}/B${sample.chars('ABCDEFGHJK23456789', 9)}/${sample.alnum(24)}`,
          ),
      ],
      ignores: ['https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX'],
    },
  }),
];
