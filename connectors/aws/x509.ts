import { X509Certificate } from 'node:crypto';
import type { KeyMaterial } from '../../src/sdk/index.ts';

/** End and key of a public certificate; undefined for one that cannot be read. */
export function readCertificate(pem: string | undefined): { expiresAt: number; key: KeyMaterial } | undefined {
  try {
    const certificate = new X509Certificate(pem ?? '');
    const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details } = certificate.publicKey;
    return {
      expiresAt: certificate.validToDate.getTime(),
      key: {
        algorithm: type.toUpperCase(),
        ...(details?.modulusLength !== undefined && { bits: details.modulusLength }),
        ...(certificate.signatureAlgorithm !== undefined && { signature: certificate.signatureAlgorithm }),
        thumbprint: certificate.fingerprint256,
      },
    };
  } catch {
    return undefined;
  }
}
