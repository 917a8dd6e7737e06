import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that PyPI hands out. */
export const pypi: readonly Detector[] = [
  defineDetector({
    id: 'pypi-upload-token',
    title: 'PyPI upload token',
    provider: 'pypi',
    type: 'api-key',
    confidence: 'high',
    keywords: ['pypi-ageichlwas5vcmc', 'pypi-agenzxn0lnb5cgkub3jn'],
    pattern: /(?<![\w-])(?<secret>pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZ)[\w-]{50,1000})(?![\w-])/g,
    span: 1050,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `pypi-AgEIcHlwaS5vcmc${sample.base64url(120)}`),
        (sample) => sampled('{"value": "', `pypi-AgEIcHlwaS5vcmc${sample.base64url(120)}`, '"}'),
      ],
      ignores: ['pypi-publish'],
    },
  }),
];
