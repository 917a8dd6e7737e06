import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled, uuid } from '../samples.ts';

/** Secrets that DocuSign hands out. */
export const docusign: readonly Detector[] = [
  defineDetector({
    id: 'docusign-client-secret',
    title: 'DocuSign integration key or secret key',
    provider: 'docusign',
    type: 'client-secret',
    confidence: 'medium',
    keywords: ['docusign', 'docu_sign'],
    pattern:
      /docu_?sign[\w. \t'"\]\\-]{0,40}(?:secret|integration_?key|integrator_?key)[\w. \t'"\]\\-]{0,20}(?:=>|:=|[=:,(>]){1,3}[ \t]{0,5}\\?["'`]?(?<secret>[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})(?![\w+/=-])/gi,
    span: 150,
    examples: {
      finds: [
        (sample) => sampled('DOCUSIGN_INTEGRATION_KEY=', uuid(sample)),
        (sample) => sampled('docusign.clientSecret: "', uuid(sample), '"'),
      ],
      ignores: ['DOCUSIGN_SECRET_KEY=<your-secret>', 'docusign_account_id = 0'],
    },
  }),
];
