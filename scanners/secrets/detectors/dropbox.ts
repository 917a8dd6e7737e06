import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';
import { entropy } from '../randomness.ts';

/** Secrets that Dropbox hands out. */
export const dropbox: readonly Detector[] = [
  defineDetector({
    id: 'dropbox-access-token',
    title: 'Dropbox access token',
    provider: 'dropbox',
    type: 'oauth-token',
    confidence: 'high',
    keywords: ['sl.'],
    pattern: /(?<![\w.-])(?<secret>sl\.(?:u\.)?[\w-]{120,1400})(?![\w-])/g,
    span: 1450,
    examples: {
      finds: [(sample) => sampled('DROPBOX_TOKEN=', `sl.${sample.base64url(140)}`)],
      ignores: ['sl.example'],
    },
  }),
  defineDetector({
    id: 'dropbox-sign-api-key',
    title: 'Dropbox Sign API key',
    provider: 'dropbox',
    type: 'api-key',
    confidence: 'high',
    keywords: ['hellosign', 'dropboxsign', 'dropbox_sign', 'dropbox-sign'],
    pattern:
      /(?:hellosign|dropbox[_-]?sign)[\w. \t'"\]\\-]{0,50}(?:=>|:=|[=:,(>]){1,3}[ \t]{0,5}\\?["'`]?(?<secret>[a-f0-9]{64})(?![\w+/=-])/gi,
    span: 160,
    examples: {
      finds: [(sample) => sampled('HELLOSIGN_API_KEY=', sample.hex(64))],
      ignores: ['HELLOSIGN_API_KEY=$KEY'],
    },
  }),
  defineDetector({
    id: 'dropbox-app-secret',
    title: 'Dropbox app secret',
    provider: 'dropbox',
    type: 'client-secret',
    confidence: 'medium',
    keywords: ['dropbox'],
    pattern:
      /(?:dropbox)[\w. \t'"\]\\-]{0,50}(?:=>|:=|[=:,(>]){1,3}[ \t]{0,5}\\?["'`]?(?<secret>[a-z0-9]{15})(?![\w+/=-])/gi,
    span: 120,
    prove: (secret) => /\d/.test(secret) && /[a-z]/.test(secret) && entropy(secret) > 2.4 && {},
    examples: {
      finds: [(sample) => sampled('dropbox_app_secret = "', `${sample.hex(7)}z1${sample.hex(6)}`, '"')],
      ignores: ['dropbox_path = "documentsfolder"'],
    },
  }),
];
