import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Settings } from './settings.ts';

type Asked = (query: Readonly<Record<string, string | number>>) => Promise<unknown>;

/**
 * Its own client is from 2023 on npm, so its three lists are asked by hand, signed with what all clients sign with.
 * https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_Operations.html
 */
export function rolesAnywhereOf({ endpoint, region, credentials, requestHandler }: Settings): Record<string, Asked> {
  const signer = new SignatureV4({ service: 'rolesanywhere', region, credentials, sha256: Sha256 });
  const { protocol, hostname, port, host } = new URL(endpoint);
  const list =
    (path: string): Asked =>
    async (asked) => {
      const query = Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, String(value)]));
      const address = { protocol, hostname, ...(port !== '' && { port: Number(port) }), path, query };
      const signed = await signer.sign({ method: 'GET', ...address, headers: { host } });
      const { response } = await requestHandler.handle(signed);
      return JSON.parse(new TextDecoder().decode(response.body)) as unknown;
    };
  return {
    listTrustAnchors: list('/trustanchors'),
    listProfiles: list('/profiles'),
    listSubjects: list('/subjects'),
  };
}
