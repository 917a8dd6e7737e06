import {
  defineDetector,
  type CredentialType,
  type Detector,
  type Proof,
  type SampleSource,
} from '../../../src/sdk/index.ts';
import { jwt, sampled } from '../samples.ts';
import { checksum62, hasChecksum62 } from '../proof/checksum.ts';

/** What each prefix stands for: https://github.blog/engineering/behind-githubs-new-authentication-token-formats/ */
const kinds: Record<string, { title: string; type: CredentialType }> = {
  ghp_: { title: 'GitHub personal access token (classic)', type: 'pat' },
  gho_: { title: 'GitHub OAuth access token', type: 'oauth-token' },
  ghu_: { title: 'GitHub App user token', type: 'oauth-token' },
  ghs_: { title: 'GitHub App installation token', type: 'oauth-token' },
  ghr_: { title: 'GitHub App refresh token', type: 'refresh-token' },
};

function proveToken(secret: string): Proof {
  const proven = hasChecksum62(secret, 4);
  return { ...kinds[secret.slice(0, 4)], ...(proven ? { proof: 'checksum' } : { confidence: 'low' }) };
}

function token(sample: SampleSource): string {
  const payload = sample.alnum(30);
  return sample.pick(Object.keys(kinds)) + payload + checksum62(payload);
}

/** Secrets that GitHub hands out. */
export const github: readonly Detector[] = [
  defineDetector({
    id: 'github-token',
    title: 'GitHub token',
    provider: 'github',
    type: 'oauth-token',
    confidence: 'high',
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /(?<![A-Za-z0-9])(?<secret>gh[pousr]_[A-Za-z0-9]{36})(?![A-Za-z0-9])/g,
    span: 60,
    prove: proveToken,
    examples: {
      finds: [
        (sample) => sampled('GITHUB_TOKEN=', token(sample)),
        (sample) => sampled('https://x-access-token:', token(sample), '@github.com/acme/site.git'),
      ],
      ignores: ['GITHUB_TOKEN=${{ secrets.GITHUB_TOKEN }}', 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
    },
  }),
  defineDetector({
    id: 'github-fine-grained-pat',
    title: 'GitHub fine-grained personal access token',
    provider: 'github',
    type: 'pat',
    confidence: 'high',
    keywords: ['github_pat_'],
    pattern: /(?<![A-Za-z0-9])(?<secret>github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?![A-Za-z0-9])/g,
    span: 110,
    examples: {
      finds: [(sample) => sampled('token: ', `github_pat_${sample.alnum(22)}_${sample.alnum(59)}`)],
      ignores: ['github_pat_TOKEN'],
    },
  }),
  defineDetector({
    id: 'github-installation-jwt',
    title: 'GitHub App installation token',
    provider: 'github',
    type: 'oauth-token',
    confidence: 'high',
    keywords: ['ghs_'],
    pattern: /(?<![A-Za-z0-9])(?<secret>ghs_\d{1,12}_eyJ[\w-]{10,300}\.eyJ[\w-]{10,1500}\.[\w-]{20,700})(?![\w-])/g,
    span: 2600,
    examples: {
      finds: [(sample) => sampled('GITHUB_TOKEN=', `ghs_12345_${jwt(sample, { iss: '12345', iat: 1_700_000_000 })}`)],
      ignores: ['ghs_12345_eyJ.eyJ.example'],
    },
  }),
];
