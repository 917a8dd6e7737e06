import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { defaultProvider } from '@aws-sdk/credential-provider-node';

/**
 * The SDK's own search for credentials. What it asks of STS and of single sign-on goes through the proxy that the
 * environment names (`HTTPS_PROXY`, `NO_PROXY`), and trusts `NODE_EXTRA_CA_CERTS`, as all other requests do. The service
 * of the instance or container is on this machine's own network: the SDK asks it past every proxy.
 */
export function credentialChain(profile?: string): ReturnType<typeof defaultProvider> {
  const way = { proxyEnv: process.env };
  const requestHandler = { httpAgent: new HttpAgent(way), httpsAgent: new HttpsAgent(way), connectionTimeout: 10_000 };
  return defaultProvider({ ...(profile !== undefined && { profile }), clientConfig: { requestHandler } });
}
