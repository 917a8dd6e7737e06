import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that JFrog Artifactory hands out. */
export const artifactory: readonly Detector[] = [
  defineDetector({
    id: 'artifactory-key',
    title: 'JFrog Artifactory key or reference token',
    provider: 'jfrog',
    type: 'api-key',
    confidence: 'high',
    keywords: ['akc', 'cmvmd'],
    // Beside a slash or a plus it is a stretch of base 64: a picture, a font.
    pattern: /(?<![\w/+-])(?<secret>AKC[A-Za-z0-9]{10,80}|cmVmd[A-Za-z0-9]{58,64})(?![\w/+-])/g,
    span: 90,
    examples: {
      finds: [
        (sample) => sampled('API_KEY=', `AKCp${sample.alnum(69)}`),
        (sample) => sampled('{"value": "', `AKCp${sample.alnum(69)}`, '"}'),
      ],
      ignores: ['AKCountry', 'src="data:image/png;base64,iVBORw0KGgo/AKCDPT0AAQEBAL98/D29vaDH"'],
    },
  }),
];
