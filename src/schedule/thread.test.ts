import { describe, expect, test } from 'vitest';
import { inThread, type ThreadPorts } from './thread.ts';
import { timers } from './timers.ts';

const program = (body: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads';\n${body}`)}`,
  );
const ports = (more: Partial<ThreadPorts> = {}): ThreadPorts => ({
  timers,
  signal: new AbortController().signal,
  graceMs: 10,
  say: () => undefined,
  ...more,
});

describe('a job in a thread', () => {
  test('says what it does, and yields its result', async () => {
    const said: string[] = [];
    const body = "parentPort.postMessage({ say: 'at work' }); parentPort.postMessage({ result: workerData.n + 1 });";
    const result = await inThread(program(body), { n: 1 }, ports({ say: (text) => said.push(text) }));
    expect([result, said]).toEqual([2, ['at work']]);
  });

  test.each([
    ['that fails says why', "parentPort.postMessage({ failure: 'no database' })", 'no database'],
    ['that breaks down is told by name, never by its words', "throw new TypeError('canary')", 'broke down (TypeError)'],
    ['that ends without a word is a failure', '', 'ended without a word'],
  ])('%s', async (_what, body, message) => {
    const failure = await inThread(program(body), {}, ports()).catch((problem: unknown) => problem);
    expect(failure).toMatchObject({ name: 'ThreadFailure', message: expect.stringContaining(message) });
    expect(String(failure)).not.toContain('canary');
  });

  test('is asked to stop, and may finish what it has in hand', async () => {
    const stop = new AbortController();
    const body =
      "parentPort.postMessage({ say: 'ready' }); parentPort.once('message', () => parentPort.postMessage({ result: 'half' }));";
    const say = (): void => stop.abort();
    const slow = { ...timers, pause: () => new Promise<void>(() => {}) };
    expect(await inThread(program(body), {}, ports({ signal: stop.signal, say, timers: slow }))).toBe('half');
  });

  test('that does not stop is ended after a while', async () => {
    const stop = new AbortController();
    const body = "parentPort.postMessage({ say: 'ready' }); for (;;);";
    const running = inThread(program(body), {}, ports({ signal: stop.signal, say: () => stop.abort() }));
    await expect(running).rejects.toThrow('ended before it had stopped by itself');
  });
});
