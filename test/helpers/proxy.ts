import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface Proxy {
  /** `127.0.0.1:…`, to be put behind a scheme and credentials. */
  host: string;
  /** First lines of the requests: `CONNECT platform.example:443`, `GET http://platform.example/`. */
  asked: readonly string[];
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** `NAME:PASSWORD`, without which nobody comes through. */
  credentials?: string;
  /** Speaks TLS itself, with this certificate. */
  tls?: { cert: string; key: string };
}

/** A proxy that leads every name to this machine: only who comes through it reaches `platform.example`. */
export async function proxy({ credentials, tls }: ProxyOptions = {}): Promise<Proxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const wanted = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const mayPass = ({ method, url, headers }: IncomingMessage): boolean => {
    asked.push(`${method} ${url}`);
    return wanted === undefined || headers['proxy-authorization'] === wanted;
  };
  const server = tls ? createTlsServer(tls) : createServer();
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (!mayPass(incoming)) return void outgoing.writeHead(407).end();
    const { port, pathname, search } = new URL(incoming.url ?? '');
    const { 'proxy-authorization': _, ...headers } = incoming.headers;
    const onward = request(
      { host: '127.0.0.1', port, path: pathname + search, method: incoming.method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward.on('error', () => outgoing.destroy()));
  });
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    sockets.add(socket.on('error', () => {}));
    if (!mayPass(incoming)) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const onward = connect(Number(incoming.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    sockets.add(onward.on('error', () => socket.destroy()));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
