import type { Http } from '../../src/sdk/index.ts';

interface Request {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Readonly<Record<string, string | string[] | null>>;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
}
interface Handler {
  handle(request: Request): Promise<{ response: { statusCode: number; headers: object; body: Uint8Array } }>;
}

/** The SDK's way out is the guarded client, for which every request is one that was declared, or none. */
export function through(http: Http): Handler {
  return {
    async handle({ method, protocol, hostname, port, path, query = {}, headers, body = '' }) {
      // Written anew by the client, from the address and the body.
      const { host: _host, 'content-length': _length, ...signed } = headers;
      const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
      const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
      const answer = await http.fetch(url.href, { method, headers: signed, ...(text !== '' && { body: text }) });
      const response = {
        statusCode: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: new Uint8Array(await answer.arrayBuffer()),
      };
      return { response };
    },
  };
}
