import { defineDetector, type Detector, type Proof } from '../../../src/sdk/index.ts';
import { pem, sampled } from '../samples.ts';
import { readPem } from '../proof/pem.ts';

function proveKey(secret: string): Proof {
  const key = readPem(secret);
  if (!key) return false;
  const type = key.ssh ? 'ssh-key' : 'private-key';
  return {
    proof: 'structure',
    type,
    ...(key.encrypted && { title: 'Private key, encrypted with a passphrase', confidence: 'medium' }),
  };
}

/** Private keys in PEM armour; certificates and public keys are no secrets. */
export const privateKey: readonly Detector[] = [
  defineDetector({
    id: 'private-key',
    title: 'Private key',
    type: 'private-key',
    confidence: 'high',
    keywords: ['private key'],
    pattern:
      /(?<secret>-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s\\:,.()"'-]{60,12000}?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)/g,
    span: 12200,
    prove: proveKey,
    examples: {
      finds: [
        (sample) => sampled('', pem(sample)),
        (sample) => sampled('{"key":"', pem(sample, 'RSA PRIVATE KEY').replaceAll('\n', '\\n'), '"}'),
      ],
      ignores: ['-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----', '-----BEGIN CERTIFICATE-----'],
    },
  }),
];
