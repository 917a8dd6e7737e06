import type { Clock } from '../core/time.ts';
import type { Keeper, Scheduled } from '../schedule/keeper.ts';
import { scheduler } from '../schedule/scheduler.ts';
import { timers } from '../schedule/timers.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { listen, type Answers, type Place } from '../telemetry/server.ts';
import { counted } from './style.ts';

/** What a process that keeps running is made of. */
export interface Service {
  listenAt: Place | 'off';
  sources: readonly Scheduled[];
  keep: Keeper;
  /** Asks for what was missed while nothing ran. */
  makeUp(): Promise<void>;
  answers: Answers;
  figures: Metrics;
  clock: Clock;
  say(text: string): void;
}

/** Reads by schedule and answers requests until the signal; then the page in hand is written and everything is closed. */
export async function untilStopped(
  { listenAt, sources, keep, makeUp, answers, figures, clock, say }: Service,
  signal: AbortSignal,
): Promise<void> {
  const next = (): void => {
    for (const { id, ticks } of ticking) figures.next(id, ticks.next());
  };
  const metrics = async (): Promise<string> => {
    next();
    return answers.metrics();
  };
  const server = listenAt === 'off' ? undefined : await listen(listenAt, { ...answers, metrics });
  const { every } = scheduler({ clock, timers, random: Math.random });
  const ticking = sources.map(({ id, schedule }) => ({
    id,
    ticks: every(schedule, (since) => keep.due(id, since)),
  }));
  const where = server === undefined ? '' : `; ${server.url} answers /healthz, /readyz and /metrics`;
  say(`keeping ${counted(sources.length, 'source')} by schedule${where}`);
  await makeUp();
  await aborted(signal);
  say('stopping: the page in hand is written first; a second signal ends at once');
  for (const { ticks } of ticking) ticks.stop();
  await keep.stop();
  await server?.close();
}

/** Resolves when the signal comes, at once where it has come. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
