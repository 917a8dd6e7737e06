import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { App } from '../app.ts';
import { UsageError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import { SECOND } from '../core/time.ts';
import { hold, LEASE, SCAN, type Held } from '../schedule/lease.ts';
import { timers, type Timers } from '../schedule/timers.ts';
import type { Io } from './io.ts';

/** A name that no other process has, on any machine. */
export function thisProcess(): string {
  return `${hostname()}:${process.pid}:${randomUUID()}`;
}

/** Scans while nobody else scans this register: waits for whoever does. */
export async function alone<T>(
  app: Pick<App, 'store' | 'clock'>,
  io: Pick<Io, 'err' | 'signal'>,
  work: (ports: { store: Store; signal: AbortSignal }) => Promise<T>,
  time: Timers = timers,
): Promise<T> {
  const held = await waitFor(app, io, time);
  try {
    const store = app.store.fenced(SCAN, held.holder, () => app.clock() + LEASE);
    return await work({ store, signal: AbortSignal.any([io.signal, held.lost]) });
  } finally {
    await held.release();
  }
}

async function waitFor(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  { err, signal }: Pick<Io, 'err' | 'signal'>,
  time: Timers,
): Promise<Held> {
  const ports = { leases: store.leases, clock, timers: time, holder: thisProcess() };
  for (let told = false; ; told = true) {
    const held = await hold(SCAN, ports);
    if (held) return held;
    if (!told) err('another process scans this register: waiting for it; if it was killed, for a minute\n');
    await time.pause(SECOND, signal);
    if (signal.aborted) throw new UsageError('stopped while another process was scanning this register');
  }
}
