import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown, type KeyMaterial } from '../../../src/sdk/index.ts';
import { anyTrue } from '../shared/consumers.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aCredential, anIdentity } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead } from '../shared/subjects.ts';
import { isPrivileged } from '../shared/privilege.ts';

const asymmetric: ReadonlySet<string> = new Set([
  'certificate',
  'private-key',
  'ssh-key',
  'deploy-key',
  'service-account-key',
]);
const brokenCipher = /\bDSA\b|^ssh-dss|\bR?DES\b|3DES|RC[24]|\bMD[245]\b/i;
const brokenSignature = /md[245]|sha-?1(?!\d)/i;

const certificate = aCredential({ type: 'certificate', name: 'Federation signing' });
const sound: KeyMaterial = { algorithm: 'RSA', bits: 3072, signature: 'sha256WithRSAEncryption' };

/** CRD-11: its key can be computed or its signature forged. */
export const weakKey = defineCheck({
  id: 'CRD-11',
  version: 1,
  title: 'Weak or deprecated key material',
  over: ['credential'],
  reads: ['identity'],
  severity: 'medium',
  rationale: 'Whoever cracks the key, or forges its signature, is the identity. High when it is privileged.',
  confidence: 'high',
  remediation:
    'Replace it by an RSA key of at least 3072 bits, an elliptic key of 256 bits or Ed25519, signed with SHA-256.',
  references: ['https://csrc.nist.gov/pubs/sp/800/131/a/r2/final'],
  controls: {
    'owasp-nhi-2025': ['NHI4:2025'],
    'nist-csf-2.0': ['PR.DS-02', 'PR.AA-03'],
    'nist-sp-800-53-r5': ['SC-12', 'SC-13', 'IA-5(2)'],
    'nist-sp-800-207': ['ZT-2', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'interception',
  params: z.strictObject({
    /** Fewer bits than this are too few for RSA. */
    rsaBits: z.number().int().min(1024).default(2048),
    /** Fewer bits than this are too few for an elliptic curve. */
    curveBits: z.number().int().min(160).default(224),
  }),
  evaluate(credential, ctx) {
    const { key, type } = credential;
    if (isDead(credential, ctx.now) || !asymmetric.has(type)) return notApplicable;
    if (key === undefined) return missing(credential, 'key', 'what its key is made of');
    const weakness = weaknessOf(key, ctx.params);
    if (weakness === undefined) {
      if (needsBits(key) && key.bits === undefined) return unknown('The source does not say how long its key is.');
      if (type === 'certificate' && key.signature === undefined) {
        return unknown('The source does not say how its certificate is signed.');
      }
      return pass;
    }
    const all = holderCircumstances(credential, ctx);
    const holders = ctx.out('authenticates', 'identity').map(isPrivileged);
    return {
      is: 'fail',
      evidence: [fact(weakness.label, weakness.value, credential.at), fact('type', type)],
      circumstances: { ...all, privileged: all.privileged ?? anyTrue(holders) },
    };
  },
  examples: {
    fires: [
      {
        name: 'a live certificate on a short key',
        subject: { ...certificate, key: { ...sound, bits: 1024 } },
        severity: 'medium',
      },
      {
        name: 'signed with a broken hash, for an administrator',
        subject: { ...certificate, key: { ...sound, signature: 'sha1WithRSAEncryption' } },
        out: [{ rel: 'authenticates', record: anIdentity({ admin: true }) }],
        severity: 'high',
      },
      {
        name: 'an old deploy key',
        subject: aCredential({ type: 'deploy-key', key: { algorithm: 'ssh-dss' } }),
        severity: 'medium',
      },
    ],
    quiet: [
      { name: 'a long key, well signed', subject: { ...certificate, key: sound } },
      { name: 'of the fewest bits that do', subject: { ...certificate, key: { ...sound, bits: 2048 } } },
      { name: 'a curve does with fewer', subject: { ...certificate, key: { ...sound, algorithm: 'EC', bits: 256 } } },
      { name: 'Ed25519', subject: aCredential({ type: 'ssh-key', key: { algorithm: 'ssh-ed25519' } }) },
      { name: 'expired', subject: { ...certificate, status: 'expired', key: { ...sound, bits: 512 } } },
      { name: 'an API key has no such key', subject: aCredential() },
    ],
    unknown: [
      { name: 'the platform does not report it', subject: { ...certificate, gaps: { key: 'not-supported' } } },
      { name: 'the length is not known', subject: { ...certificate, key: { algorithm: 'RSA', signature: 'sha256' } } },
      { name: 'the signature is not known', subject: { ...certificate, key: { algorithm: 'RSA', bits: 4096 } } },
    ],
  },
});

function weaknessOf(
  { algorithm, bits, signature }: KeyMaterial,
  least: { rsaBits: number; curveBits: number },
): { label: string; value: string } | undefined {
  if (brokenCipher.test(algorithm)) return { label: 'algorithm', value: algorithm };
  if (signature !== undefined && brokenSignature.test(signature)) return { label: 'signed with', value: signature };
  const tooShort = bits !== undefined && bits < (isCurve(algorithm) ? least.curveBits : least.rsaBits);
  return tooShort ? { label: 'key', value: `${algorithm}, ${bits} bits` } : undefined;
}

function isCurve(algorithm: string): boolean {
  return /\bEC|ECDSA|ed25519|ed448|nistp|secp|prime256/i.test(algorithm);
}

/** The name of a curve says its length; others say nothing. */
function needsBits({ algorithm }: KeyMaterial): boolean {
  return !isCurve(algorithm);
}
