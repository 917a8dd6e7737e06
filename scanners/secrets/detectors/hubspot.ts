import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled, uuid } from '../samples.ts';

/** Secrets that HubSpot hands out. */
export const hubspot: readonly Detector[] = [
  defineDetector({
    id: 'hubspot-private-app-token',
    title: 'HubSpot private app token',
    provider: 'hubspot',
    type: 'api-key',
    confidence: 'high',
    keywords: ['pat-na', 'pat-eu', 'pat-ap'],
    pattern: /(?<![\w-])(?<secret>pat-(?:na|eu|ap)\d-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `pat-na1-${uuid(sample)}`),
        (sample) => sampled('{"value": "', `pat-na1-${uuid(sample)}`, '"}'),
      ],
      ignores: ['pat-na1-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'],
    },
  }),
];
