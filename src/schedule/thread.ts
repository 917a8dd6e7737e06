import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { Timers } from './timers.ts';

/** What a thread says to whoever started it; the result or the failure comes last. */
export type Said<Result> = { say: string } | { result: Result } | { failure: string };

/** The thread could not do its work; the message is fit to be shown. */
export class ThreadFailure extends Error {
  override name = 'ThreadFailure';
}

export interface ThreadPorts {
  timers: Timers;
  /** Aborted: the thread is asked to stop, and ended after a while when it does not. */
  signal: AbortSignal;
  graceMs: number;
  say(text: string): void;
  limits?: ResourceLimits;
}

/** Does a job in a thread of its own, so that this one stays quick. Throws `ThreadFailure`. */
export async function inThread<Job, Result>(file: URL, job: Job, ports: ThreadPorts): Promise<Result> {
  const worker = new Worker(file, {
    workerData: job,
    env: { ...process.env, ...compileCache() },
    ...(ports.limits && { resourceLimits: ports.limits }),
  });
  const ended = new AbortController();
  const stop = (): void => {
    worker.postMessage('stop');
    void ports.timers.pause(ports.graceMs, ended.signal).then(() => worker.terminate());
  };
  if (ports.signal.aborted) stop();
  else ports.signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.on('message', (said: Said<Result>) => {
        if ('say' in said) ports.say(said.say);
        else if ('result' in said) resolve(said.result);
        else reject(new ThreadFailure(said.failure));
      });
      worker.on('error', ({ name, code }: NodeJS.ErrnoException) =>
        reject(new ThreadFailure(`the thread broke down (${code ?? name})`)),
      );
      worker.on('exit', () => {
        const late = ports.signal.aborted;
        reject(new ThreadFailure(late ? 'ended before it had stopped by itself' : 'the thread ended without a word'));
      });
    });
  } finally {
    ended.abort();
    ports.signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** A thread does not share its parent's cache of compiled code by itself. */
function compileCache(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  // The folder that the name stands for holds one for each version of Node.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}
