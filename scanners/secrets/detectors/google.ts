import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { pem, sampled } from '../samples.ts';
import { readPem } from '../proof/pem.ts';
import { wordiness } from '../randomness.ts';
import { classify } from '../values.ts';

/** Secrets that Google hands out. */
export const google: readonly Detector[] = [
  defineDetector({
    id: 'google-api-key',
    title: 'Google API key',
    provider: 'google',
    type: 'api-key',
    confidence: 'high',
    keywords: ['aiza', 'aq.ab8rn6'],
    // The second form is Gemini's since 2025.
    pattern: /(?<![\w-])(?<secret>AIza[\w-]{35}|AQ\.Ab8RN6[\w-]{44})(?![\w-])/g,
    span: 60,
    examples: {
      finds: [
        (sample) => sampled('https://maps.googleapis.com/maps/api/js?key=', `AIza${sample.base64url(35)}`),
        (sample) => sampled('x-goog-api-key: ', `AQ.Ab8RN6${sample.base64url(44)}`),
      ],
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
  defineDetector({
    id: 'google-app-password',
    title: 'Google app password',
    provider: 'google',
    type: 'password',
    confidence: 'medium',
    keywords: ['pass'],
    // Sixteen letters, shown in four groups: https://support.google.com/accounts/answer/185833
    pattern:
      /(?:pass|Pass|PASS)\w{0,24}[\\"'`\]]{0,3}[ \t]{0,4}[:=][ \t]{0,4}[\\"'`]{0,2}(?<secret>[a-z]{16}|[a-z]{4}(?:[ \u00a0][a-z]{4}){3})(?![\w(])/g,
    span: 70,
    prove: (secret) => {
      const letters = secret.replaceAll(/\s/g, '');
      return classify(letters) === 'literal' && wordiness(letters) < 0.5 && {};
    },
    examples: {
      finds: [
        (sample) =>
          sampled('"pass": "', Array.from({ length: 4 }, () => `q${sample.chars('bcdfghjk', 3)}`).join(' '), '"'),
        (sample) => sampled('GMAIL_APP_PASSWORD=', `q${sample.chars('bcdfghjklmnpqrstvwxz', 15)}`),
      ],
      ignores: [
        '"pass": "abcd efgh ijkl mnop"',
        'pass: "xxxx xxxx xxxx xxxx"',
        'Pass: tell them that this word says what they mean',
        'password = "notificationmail"',
      ],
    },
  }),
];
