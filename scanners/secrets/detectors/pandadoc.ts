import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that PandaDoc hands out. */
export const pandadoc: readonly Detector[] = [
  defineDetector({
    id: 'pandadoc-api-key',
    title: 'PandaDoc API key',
    provider: 'pandadoc',
    type: 'api-key',
    confidence: 'high',
    keywords: ['pandadoc'],
    pattern:
      /(?:pandadoc)[\w. \t'"\]\\-]{0,50}(?:=>|:=|[=:,(>]){1,3}[ \t]{0,5}\\?["'`]?(?:API-Key[ \t]{1,3})?(?<secret>[a-f0-9]{40})(?![\w+/=-])/gi,
    span: 160,
    examples: {
      finds: [(sample) => sampled('PANDADOC_API_KEY=', sample.hex(40))],
      ignores: ['PANDADOC_API_KEY=$KEY'],
    },
  }),
];
