import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a program is, in these folders or on the path; undefined when it is not installed. */
export function programAt(name: string, ...folders: readonly string[]): string | undefined {
  const path = (process.env['PATH'] ?? '').split(delimiter);
  return [...folders, ...path].map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** A port of the loopback address that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

export interface Server {
  stop(): Promise<void>;
}

/** Starts a server as an ordinary process and waits until it answers. Throws with what it said when it does not. */
export async function startServer(
  file: string,
  args: readonly string[],
  { env = {}, ready }: { env?: NodeJS.ProcessEnv; ready: () => Promise<boolean> },
): Promise<Server> {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const gone = new Promise<void>((exited) => child.once('close', () => exited()));
  for (let tries = 0; tries < 300 && child.exitCode === null; tries += 1) {
    if (await ready().catch(() => false)) {
      return {
        stop: async () => {
          child.kill('SIGTERM');
          await gone;
        },
      };
    }
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error(`${file} does not answer: ${said.slice(-2_000)}`);
}
