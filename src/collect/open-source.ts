import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../core/time.ts';
import type { Access } from '../sdk/connector.ts';
import { noHttp, type Http, type Operation, type RateLimit } from '../sdk/http.ts';
import { openPlatform, type Platform } from './http/client.ts';
import type { SourcePlan } from './plan.ts';
import { resolveSecrets, type ReadSecret } from './resolve-secrets.ts';

export interface OpenPorts {
  clock: Clock;
  signal: AbortSignal;
  /** Without it a source with secrets cannot be opened. */
  readSecret?: ReadSecret;
  /** Chance and waiting, for retries; real ones where they are left out. */
  random?(): number;
  pause?(ms: number, signal: AbortSignal): Promise<void>;
  /** Rate limits in place of the declared ones: tests do not wait. */
  limits?(declared: readonly RateLimit[]): readonly RateLimit[];
  /** Told of every request that was sent. */
  asked?(source: string, operation: Operation, status: number): void;
}

/** A source that can be read: its secrets are at hand, and we know who we are there. */
export interface OpenSource {
  config: unknown;
  access: Access;
  asking(operations: readonly Operation[]): Http;
  close(): Promise<void>;
}

/** Opens a source: reads its secrets, finds its addresses, asks who we are. Throws `SourceError`. */
export async function openSource(source: SourcePlan, ports: OpenPorts): Promise<OpenSource> {
  const config = await resolveSecrets(source.config, ports.readSecret ?? refuse);
  const platform = await platformOf(source, config, ports);
  const asking = (operations: readonly Operation[]): Http => platform?.asking(operations) ?? noHttp;
  const close = async (): Promise<void> => platform?.close();
  try {
    await platform?.locate();
    const http = asking(source.connector.remote?.operations ?? []);
    const access = await source.connector.probe(config, { http, signal: ports.signal, now: ports.clock() });
    return { config, access, asking, close };
  } catch (problem) {
    await close();
    throw problem;
  }
}

async function platformOf(source: SourcePlan, config: unknown, ports: OpenPorts): Promise<Platform | undefined> {
  const { remote } = source.connector;
  if (!remote) return undefined;
  const { clock, signal, asked } = ports;
  const limits = ports.limits?.(remote.limits) ?? remote.limits;
  return openPlatform({ ...remote, limits }, config, source.network ?? {}, {
    clock,
    signal,
    random: ports.random ?? Math.random,
    pause: ports.pause ?? ((ms, until) => sleep(ms, undefined, { signal: until })),
    ...(asked && { asked: (operation, status) => asked(source.id, operation, status) }),
  });
}

const refuse: ReadSecret = () => Promise.reject(new Error('there is nothing that could read secrets'));
