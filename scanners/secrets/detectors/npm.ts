import { defineDetector, type Detector, type SampleSource } from '../../../src/sdk/index.ts';
import { sampled, uuid } from '../samples.ts';
import { checksum62, hasChecksum62 } from '../proof/checksum.ts';

function token(sample: SampleSource): string {
  const payload = sample.alnum(30);
  return `npm_${payload}${checksum62(payload)}`;
}

/** Secrets that npm hands out. */
export const npm: readonly Detector[] = [
  defineDetector({
    id: 'npm-token',
    title: 'npm access token',
    provider: 'npm',
    type: 'pat',
    confidence: 'high',
    keywords: ['npm_'],
    pattern: /(?<![A-Za-z0-9])(?<secret>npm_[A-Za-z0-9]{36})(?![A-Za-z0-9])/g,
    span: 60,
    prove: (secret) => (hasChecksum62(secret, 4) ? { proof: 'checksum' } : { confidence: 'low' }),
    examples: {
      finds: [(sample) => sampled('//registry.acme.example/:_authToken=', token(sample))],
      ignores: ['npm_config_registry', 'npm_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
    },
  }),
  defineDetector({
    id: 'npm-legacy-token',
    title: 'npm or registry token in .npmrc',
    provider: 'npm',
    type: 'pat',
    confidence: 'high',
    keywords: ['_authtoken'],
    pattern:
      /_authToken[ \t]{0,3}=[ \t]{0,3}"?(?<secret>[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|[A-Za-z0-9+/_-]{30,200}={0,2})(?![\w+/=-])/gi,
    span: 240,
    examples: {
      finds: [(sample) => sampled('//registry.acme.example/:_authToken=', uuid(sample))],
      ignores: ['//registry.acme.example/:_authToken=${NPM_TOKEN}'],
    },
  }),
];
