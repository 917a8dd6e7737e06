import { createServer, type IncomingHttpHeaders } from 'node:http';

/** One request as it came in. */
export interface Knock {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface HookServer {
  /** `http://127.0.0.1:…`. */
  origin: string;
  knocks: readonly Knock[];
  close(): Promise<void>;
}

/** A receiver that answers in turn with these, and with 200 when they are used up. */
export async function hookServer(
  ...answers: readonly { status: number; headers?: { [name: string]: string } }[]
): Promise<HookServer> {
  const knocks: Knock[] = [];
  const left = [...answers];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      knocks.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      const { status, headers = {} } = left.shift() ?? { status: 200 };
      response.writeHead(status, headers).end('this answer is nobody’s business');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    knocks,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
