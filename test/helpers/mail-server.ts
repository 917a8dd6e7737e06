import { createServer, type Socket } from 'node:net';

/** One mail as it was handed over. */
export interface Received {
  from: string;
  to: readonly string[];
  /** Headers and body, dots unstuffed. */
  raw: string;
}

export interface MailServer {
  port: number;
  received: readonly Received[];
  /** User and password of the last login. */
  login: () => string | undefined;
  close(): Promise<void>;
}

/** As much of SMTP as a client needs to hand over a mail (RFC 5321). `refuse` names recipients that are not taken. */
export async function mailServer({
  refuse = () => false,
}: { refuse?: (address: string) => boolean } = {}): Promise<MailServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let login: string | undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    let mail = { from: '', to: [] as string[] };
    let data: string[] | undefined;
    const take = (line: string): void => {
      if (data !== undefined) {
        if (line !== '.') return void data.push(line.replace(/^\./, ''));
        received.push({ ...mail, raw: data.join('\r\n') });
        data = undefined;
        return say('250 taken');
      }
      const [verb = '', rest = ''] = line.split(/ (.*)/s);
      const address = /<([^>]*)>/.exec(rest)?.[1] ?? '';
      switch (verb.toUpperCase()) {
        case 'EHLO':
          socket.write('250-localhost\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n');
          return;
        case 'AUTH':
          login = Buffer.from(rest.replace(/^PLAIN /i, ''), 'base64')
            .toString()
            .split('\0')
            .slice(1)
            .join(':');
          return say('235 welcome');
        case 'MAIL':
          mail = { from: address, to: [] };
          return say('250 ok');
        case 'RCPT':
          if (refuse(address)) return say('550 nobody of that name');
          mail.to.push(address);
          return say('250 ok');
        case 'DATA':
          data = [];
          return say('354 go on');
        case 'QUIT':
          say('221 bye');
          return void socket.end();
        default:
          return say('502 not here');
      }
    };
    let waiting = '';
    say('220 localhost ESMTP');
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (waiting + text).split('\r\n');
      waiting = lines.pop() ?? '';
      for (const line of lines) take(line);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    received,
    login: () => login,
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}
