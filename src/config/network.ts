import { z } from 'zod';

/** How a source's platform is reached, besides what the environment says (`HTTPS_PROXY`, `NO_PROXY`, `NODE_EXTRA_CA_CERTS`). */
export const networkSchema = z.strictObject({
  /** PEM file of a certificate authority that is trusted besides the usual ones. */
  ca: z.string().optional(),
  /** PEM files for mutual TLS. */
  clientCertificate: z.string().optional(),
  clientKey: z.string().optional(),
  timeoutSeconds: z.number().int().min(1).max(600).optional(),
});
