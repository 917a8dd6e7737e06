import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../core/errors.ts';
import { SECOND } from '../core/time.ts';

/** How long answers that were begun may take before the program ends. */
const GRACE = SECOND;

export interface Answers {
  /** Why the program cannot work now; nothing when it can. */
  unready(): Promise<readonly string[]>;
  metrics(): Promise<string>;
}

export interface Listening {
  /** `http://127.0.0.1:9464`. */
  url: string;
  close(): Promise<void>;
}

export interface Place {
  host: string;
  port: number;
}

/** `host:port`, `[::1]:port`, or `off`. */
export function placeFrom(text: string): Place | 'off' {
  if (text === 'off') return 'off';
  const { host, v6, port } = /^(?:\[(?<v6>[\da-f:.]+)\]|(?<host>[\w.-]+)):(?<port>\d{1,5})$/i.exec(text)?.groups ?? {};
  const number = Number(port);
  const name = v6 ?? host;
  if (name === undefined || number > 65_535) {
    throw new UsageError(`--listen ${text}: write a host and a port, as in 127.0.0.1:9464, or off`);
  }
  return { host: name, port: number };
}

/** Answers `/healthz`, `/readyz` and `/metrics`, to GET and HEAD alone. */
export async function listen({ host, port }: Place, answers: Answers): Promise<Listening> {
  const server = createServer({ requestTimeout: 5 * SECOND, headersTimeout: 5 * SECOND }, (request, response) => {
    // Who asks learns that it failed; why is for the log of whoever answers.
    answer(request, response, answers).catch(() => send(response, 500, 'failed\n'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (problem: NodeJS.ErrnoException) => reject(new UsageError(whyNot(host, port, problem.code))));
    server.listen(port, host, resolve);
  });
  const { address, family, port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${chosen}`,
    close: () =>
      new Promise((resolve) => {
        const late = setTimeout(() => server.closeAllConnections(), GRACE);
        server.close(() => {
          clearTimeout(late);
          resolve();
        });
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, answers: Answers): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return send(response, 405, 'read only\n');
  }
  const path = request.url?.split('?')[0];
  if (path === '/healthz') return send(response, 200, 'alive\n');
  if (path === '/readyz') {
    const because = await answers.unready();
    return because.length === 0
      ? send(response, 200, 'ready\n')
      : send(response, 503, `not ready: ${because.join(', ')}\n`);
  }
  // https://prometheus.io/docs/instrumenting/exposition_formats/ names the type.
  if (path === '/metrics') return send(response, 200, await answers.metrics(), 'text/plain; version=0.0.4');
  return send(response, 404, 'there are /healthz, /readyz and /metrics\n');
}

function send(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

function whyNot(host: string, port: number, code = 'unknown reason'): string {
  const why =
    code === 'EADDRINUSE'
      ? 'another program listens there'
      : code === 'EACCES'
        ? 'this account may not'
        : `the system refuses (${code})`;
  return `cannot listen on ${host}:${port}: ${why}; choose another place with --listen HOST:PORT, or --listen off`;
}
