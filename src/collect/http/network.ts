import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import { UsageError } from '../../core/errors.ts';

/** How the network is crossed; what is left out comes from the environment (`HTTPS_PROXY`, `NO_PROXY`, `NODE_EXTRA_CA_CERTS`). */
export interface Network {
  /** Certificates, in PEM, of authorities that are trusted besides the usual ones. */
  ca?: string | undefined;
  /** For mutual TLS: PEM files. */
  clientCertificate?: string | undefined;
  clientKey?: string | undefined;
  timeoutSeconds?: number | undefined;
}

/** The way out for one source's requests. */
export async function dispatcherFor({ ca, clientCertificate, clientKey }: Network): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import('undici');
  const { rootCertificates } = await import('node:tls');
  const connect = {
    ...(ca !== undefined && { ca: [...rootCertificates, pem(ca)] }),
    ...(clientCertificate !== undefined && { cert: pem(clientCertificate) }),
    ...(clientKey !== undefined && { key: pem(clientKey) }),
  };
  return new EnvHttpProxyAgent({ connect, requestTls: connect });
}

function pem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (problem) {
    throw new UsageError(`${file}: this certificate or key cannot be read`, { cause: problem });
  }
}
