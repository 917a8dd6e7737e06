import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { listen, placeFrom, type Answers, type Listening } from './server.ts';

let server: Listening | undefined;
afterEach(async () => {
  await server?.close();
});

async function asked(path: string, answers: Partial<Answers> = {}, method = 'GET') {
  server = await listen(
    { host: '127.0.0.1', port: 0 },
    { unready: async () => [], metrics: async () => 'rollcall_up 1\n', ...answers },
  );
  const url = server.url + path;
  return new Promise<{ status?: number; type?: string; allow?: string; text: string }>((resolve, reject) => {
    const asking = request(url, { method, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => {
        const { 'content-type': type, allow } = response.headers;
        const { statusCode: status } = response;
        resolve({ text, ...(status && { status }), ...(type && { type }), ...(allow && { allow }) });
      });
    });
    asking.on('error', reject).end();
  });
}

describe('the health endpoints', () => {
  test('say that the program is alive, ready and measured', async () => {
    expect(await asked('/healthz')).toMatchObject({ status: 200, text: 'alive\n' });
    expect(await asked('/readyz?verbose')).toMatchObject({ status: 200, text: 'ready\n' });
    const type = 'text/plain; version=0.0.4; charset=utf-8';
    expect(await asked('/metrics')).toMatchObject({ status: 200, type, text: 'rollcall_up 1\n' });
  });

  test('say why it is not ready', async () => {
    const unready = async () => ['stopping', 'the register is gone'];
    const answer = await asked('/readyz', { unready });
    expect(answer).toMatchObject({ status: 503, text: 'not ready: stopping, the register is gone\n' });
  });

  test('can only be read', async () => {
    expect(await asked('/metrics', {}, 'POST')).toMatchObject({ status: 405, allow: 'GET, HEAD' });
    expect(await asked('/healthz', {}, 'HEAD')).toMatchObject({ status: 200, text: '' });
    expect(await asked('/etc/passwd')).toMatchObject({ status: 404 });
  });

  test('tell nobody outside what went wrong', async () => {
    const metrics = async () => {
      throw new Error('canary');
    };
    expect(await asked('/metrics', { metrics })).toMatchObject({ status: 500, text: 'failed\n' });
  });

  test('end what they began to answer, and wait for nobody who does not ask', async () => {
    const begun = Promise.withResolvers<void>();
    const measured = Promise.withResolvers<string>();
    const answer = asked('/metrics', { metrics: () => (begun.resolve(), measured.promise) });
    await begun.promise;
    const silent = connect(Number(new URL(server?.url ?? '').port), '127.0.0.1');
    await once(silent, 'connect');
    const closed = server?.close();
    measured.resolve('rollcall_up 1\n');
    expect(await answer).toMatchObject({ status: 200, text: 'rollcall_up 1\n' });
    await Promise.all([closed, once(silent, 'close')]);
  });

  test('name a place that is taken', async () => {
    server = await listen({ host: '127.0.0.1', port: 0 }, { unready: async () => [], metrics: async () => '' });
    const port = Number(new URL(server.url).port);
    const second = listen({ host: '127.0.0.1', port }, { unready: async () => [], metrics: async () => '' });
    await expect(second).rejects.toThrow(`127.0.0.1:${port}: another program listens there; choose another place`);
  });
});

describe('the place to listen at', () => {
  test.each([
    ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
    ['metrics.internal:80', { host: 'metrics.internal', port: 80 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    ['off', 'off'],
  ])('%s', (text, place) => {
    expect(placeFrom(text)).toEqual(place);
  });

  test.each(['9464', 'localhost', 'localhost:', 'localhost:99999', '::1:80', 'a b:80', 'on'])('is not %s', (text) => {
    expect(() => placeFrom(text)).toThrow('write a host and a port');
  });
});
