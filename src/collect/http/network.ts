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

/** The way out for one source's requests. Throws `UsageError` when it cannot be gone as configured. */
export async function dispatcherFor(network: Network): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import('undici');
  const trust = await trustOf(network);
  const connect = { ...trust, ...(await proofOf(network)) };
  try {
    return new EnvHttpProxyAgent({ connect, requestTls: connect, proxyTls: trust });
  } catch {
    // The cause holds the address, and the address may hold a password.
    throw new UsageError('HTTPS_PROXY or HTTP_PROXY is no address of a proxy: write http://HOST:PORT');
  }
}

/** Does the environment put a proxy between us and anything? */
export function hasProxy(env: NodeJS.ProcessEnv = process.env): boolean {
  return ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'].some((name) => Boolean(env[name]));
}

async function trustOf({ ca: file }: Network): Promise<{ ca?: string[] }> {
  if (file === undefined) return {};
  const { getCACertificates } = await import('node:tls');
  const added = read('network.ca', file);
  // What is no certificate would be passed over in silence.
  if (!added.includes('-----BEGIN CERTIFICATE-----'))
    throw new UsageError(`network.ca: ${file} holds no certificate; give it in PEM`);
  return { ca: [...getCACertificates('default'), added] };
}

async function proofOf({ clientCertificate, clientKey }: Network): Promise<{ cert?: string; key?: string }> {
  if (clientCertificate === undefined && clientKey === undefined) return {};
  if (clientCertificate === undefined || clientKey === undefined)
    throw new UsageError('network.clientCertificate and network.clientKey are needed together');
  const { createSecureContext } = await import('node:tls');
  const proof = {
    cert: read('network.clientCertificate', clientCertificate),
    key: read('network.clientKey', clientKey),
  };
  try {
    createSecureContext(proof);
  } catch {
    throw new UsageError(
      `network.clientCertificate and network.clientKey do not belong together, or are not PEM, or the key has a passphrase: ${clientCertificate}, ${clientKey}`,
    );
  }
  return proof;
}

function read(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (problem) {
    throw new UsageError(`${setting}: ${file} cannot be read; is it there, and readable for this account?`, {
      cause: problem,
    });
  }
}
