import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { folderOf, type Program } from './programs.ts';

export interface Running {
  url: string;
  stop(): Promise<void>;
}

/** Starts a program on a port of the loopback address, and waits until it answers there. */
export async function running(
  program: Program,
  port: number,
  {
    args = [],
    env = {},
    answers,
    seconds,
  }: {
    args?: readonly string[];
    env?: NodeJS.ProcessEnv;
    /** A path that is there as soon as it can be worked with. */
    answers: string;
    seconds: number;
  },
): Promise<Running> {
  const url = `http://127.0.0.1:${port}`;
  const folder = folderOf(program);
  const child = spawn(process.execPath, [join(folder, program.entry), ...args], {
    cwd: folder,
    // What a test runner sets makes some programs believe that they are being tested themselves.
    env: { ...process.env, NODE_OPTIONS: undefined, NODE_ENV: 'production', VITEST: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (text) => (said += String(text)));
  child.stderr.on('data', (text) => (said += String(text)));
  const ended = new Promise<void>((resolve) => void child.on('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  for (let waited = 0; waited < seconds * 4; waited += 1) {
    if (child.exitCode !== null) break;
    if (await isUp(`${url}${answers}`)) return { url, stop };
    await pause(250);
  }
  await stop();
  throw new Error(`${program.name} did not answer at ${url}${answers}; it said: ${said.slice(-2_000)}`);
}

async function isUp(url: string): Promise<boolean> {
  try {
    const { ok, headers } = await fetch(url);
    return ok && headers.get('content-type')?.includes('json') === true;
  } catch {
    return false;
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => void server.close(closed));
  return port;
}
