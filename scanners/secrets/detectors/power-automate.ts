import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled, uuid } from '../samples.ts';

/** Secrets that Power Automate, Logic Apps and Teams hand out. */
export const powerAutomate: readonly Detector[] = [
  defineDetector({
    id: 'power-automate-trigger-url',
    title: 'Power Automate or Logic Apps trigger URL with signature',
    provider: 'microsoft',
    type: 'webhook-url',
    confidence: 'high',
    keywords: ['sig='],
    pattern:
      /(?<secret>https:\/\/[\w.-]{4,120}(?:logic\.azure\.com|powerplatform\.com|powerautomate\.com|flow\.microsoft\.com)(?::\d{2,5})?\/[\w/.-]{10,240}\?[\w=&%.-]{0,240}?\bsig=[\w-]{40,50})(?![\w-])/g,
    span: 800,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'uri: ',
            `https://prod-12.westeurope.logic.azure.com:443/workflows/${sample.hex(32)}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${sample.base64url(43)}`,
          ),
      ],
      ignores: ['https://prod-12.westeurope.logic.azure.com/workflows/1/triggers/manual/paths/invoke'],
    },
  }),
  defineDetector({
    id: 'teams-webhook-url',
    title: 'Microsoft Teams incoming webhook URL',
    provider: 'microsoft',
    type: 'webhook-url',
    confidence: 'high',
    keywords: ['webhook.office.com', 'outlook.office.com/webhook'],
    pattern:
      /(?<secret>https:\/\/(?:[\w-]{1,60}\.webhook\.office\.com\/webhookb2|outlook\.office\.com\/webhook)\/[a-f0-9-]{36}@[a-f0-9-]{36}\/IncomingWebhook\/[a-f0-9]{32}\/[a-f0-9-]{36}(?:\/[\w-]{10,80})?)/gi,
    span: 400,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'url: ',
            `https://acme.webhook.office.com/webhookb2/${uuid(sample)}@${uuid(sample)}/IncomingWebhook/${sample.hex(32)}/${uuid(sample)}`,
          ),
      ],
      ignores: ['https://acme.webhook.office.com/webhookb2/{{id}}'],
    },
  }),
];
