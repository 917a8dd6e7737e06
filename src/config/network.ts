import { z } from 'zod';

/** How a source's platform is reached, besides what the environment says (`HTTPS_PROXY`, `NO_PROXY`, `NODE_EXTRA_CA_CERTS`). */
export const networkSchema = z.strictObject({
  /** PEM file of a certificate authority that is trusted besides the usual ones. */
  ca: z.string().optional(),
  /** PEM file of our certificate, for mutual TLS. */
  clientCertificate: z.string().optional(),
  /** PEM file of its private key. */
  clientKey: z.string().optional(),
  /** How long one request may take; 60 where it is left out. */
  timeoutSeconds: z.number().int().min(1).max(600).optional(),
});
