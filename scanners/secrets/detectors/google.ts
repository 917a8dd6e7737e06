import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { pem, sampled } from '../samples.ts';
import { readPem } from '../proof/pem.ts';

/** Secrets that Google hands out. */
export const google: readonly Detector[] = [
  defineDetector({
    id: 'google-api-key',
    title: 'Google API key',
    provider: 'google',
    type: 'api-key',
    confidence: 'high',
    keywords: ['aiza'],
    pattern: /(?<![\w-])(?<secret>AIza[\w-]{35})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [(sample) => sampled('https://maps.googleapis.com/maps/api/js?key=', `AIza${sample.base64url(35)}`)],
      ignores: ['AIzaSyXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX'],
    },
  }),
  defineDetector({
    id: 'google-oauth-client-secret',
    title: 'Google OAuth client secret',
    provider: 'google',
    type: 'client-secret',
    confidence: 'high',
    keywords: ['gocspx-'],
    pattern: /(?<![\w-])(?<secret>GOCSPX-[\w-]{28})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [(sample) => sampled('"client_secret":"', `GOCSPX-${sample.base64url(28)}`, '"')],
      ignores: ['GOCSPX-secret'],
    },
  }),
  defineDetector({
    id: 'google-oauth-token',
    title: 'Google OAuth access or refresh token',
    provider: 'google',
    type: 'oauth-token',
    confidence: 'high',
    keywords: ['ya29.', '1//0'],
    pattern: /(?<![\w/-])(?<secret>ya29\.[\w-]{60,300}|1\/\/0[\w-]{60,120})(?![\w-])/g,
    span: 330,
    examples: {
      finds: [(sample) => sampled('refresh_token: ', `1//0${sample.base64url(98)}`)],
      ignores: ['ya29.token'],
    },
  }),
  defineDetector({
    id: 'google-service-account-key',
    title: 'Google service account key',
    provider: 'google',
    type: 'service-account-key',
    confidence: 'high',
    keywords: ['service_account'],
    pattern:
      /service_account[^{}]{0,400}?private_key\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?(?<secret>-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{200,4000}-----END PRIVATE KEY-----)/g,
    span: 5000,
    prove: (secret) => readPem(secret) !== undefined && { proof: 'structure' },
    examples: {
      finds: [
        (sample) => sampled('{"type": "service_account", "private_key": "', pem(sample).replaceAll('\n', '\\n'), '"}'),
      ],
      ignores: ['{"type": "service_account", "private_key": ""}'],
    },
  }),
];
