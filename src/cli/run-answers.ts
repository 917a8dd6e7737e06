import { existsSync } from 'node:fs';
import { UsageError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import { ThreadFailure } from '../schedule/thread.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Answers } from '../telemetry/server.ts';
import type { Threads } from './run-threads.ts';

export interface AnswersPorts {
  /** The register's file. */
  db: string;
  store: Pick<Store, 'runs'>;
  figures: Pick<Metrics, 'measured' | 'text'>;
  work: Pick<Threads, 'measure'>;
  say(text: string): void;
}

/** Answers from the register without waiting for whoever writes it; after each scan new figures are taken, and nobody waits for them but the first. */
export function answersFrom({ db, store, figures, work, say }: AnswersPorts, signal: AbortSignal): Answers {
  let measured: { run: number | undefined } | undefined;
  let trouble: string | undefined;
  let measuring: Promise<void> | undefined;
  const measure = async (): Promise<void> => {
    try {
      const measures = await work.measure(signal);
      figures.measured(measures);
      measured = measures;
      trouble = undefined;
    } catch (problem) {
      const why = reason(problem);
      // Said once, however often somebody asks.
      if (why !== trouble && !signal.aborted) say(`the register could not be measured: ${why}`);
      trouble = why;
    }
    measuring = undefined;
  };
  return {
    unready: async () => [
      ...(signal.aborted ? ['stopping'] : []),
      ...(existsSync(db) ? [] : ['the register is gone']),
      ...(await store.runs.last().then(
        () => [],
        () => ['the register cannot be read'],
      )),
    ],
    // Also what another process has scanned.
    metrics: async () => {
      const last = await store.runs.last();
      if (measured === undefined) await (measuring ??= measure());
      else if (last?.id !== measured.run) measuring ??= measure();
      return figures.text();
    },
  };
}

/** What went wrong, without quoting anything. */
export function reason(problem: unknown): string {
  if (problem instanceof UsageError || problem instanceof ThreadFailure) return problem.message;
  return problem instanceof Error ? problem.name : 'unknown reason';
}
