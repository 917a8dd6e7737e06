import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface VendorRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: string;
}
export interface VendorAnswer {
  status?: number;
  headers?: Readonly<Record<string, string>>;
  json?: unknown;
  text?: string;
  /** Sent as they are, for a body that is packed. */
  bytes?: Uint8Array;
}

/** A platform that a test makes up: its interface, with real pages, limits and state, behind one address. */
export interface FixtureVendor {
  /** Settings of a source that reads it; secrets are references to `env`. */
  settings(origin: string): Record<string, unknown>;
  env: Readonly<Record<string, string>>;
  /** Answers as the platform would; undefined is its 404. */
  answer(request: VendorRequest, origin: string): VendorAnswer | undefined;
}

/** What may happen to an answer on its way; tests break it here. */
export type Tamper = (
  request: VendorRequest,
  answer: VendorAnswer,
) => VendorAnswer | 'reset' | 'silence' | Promise<VendorAnswer | 'reset' | 'silence'>;

export interface VendorServer {
  origin: string;
  requests: VendorRequest[];
  close(): Promise<void>;
}

/** Serves a vendor on a port of the loopback address, a free one where none is named. */
export async function serve(vendor: FixtureVendor, tamper?: Tamper, port = 0): Promise<VendorServer> {
  const requests: VendorRequest[] = [];
  let origin = '';
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const request = await read(incoming);
      requests.push(request);
      const answer = vendor.answer(request, origin) ?? { status: 404, json: { message: 'not found' } };
      const sent = (await tamper?.(request, answer)) ?? answer;
      if (sent === 'silence') return;
      if (sent === 'reset') {
        incoming.socket.destroy();
        return;
      }
      const type = sent.json === undefined ? 'text/plain' : 'application/json';
      outgoing.writeHead(sent.status ?? 200, { 'content-type': type, ...sent.headers });
      outgoing.end(sent.bytes ?? (sent.json === undefined ? (sent.text ?? '') : JSON.stringify(sent.json)));
    })();
  });
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    requests,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<VendorRequest> {
  const url = new URL(incoming.url ?? '/', 'http://vendor.invalid');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers(
    Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
