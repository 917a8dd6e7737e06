import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { CollectPorts } from '../../src/collect/collect.ts';
import { defineConnector, type Connector, type Stream } from '../../src/sdk/index.ts';
import { fakeEngine } from './fake-engine.ts';

/** Ports for collecting in a test: a clock that ticks once a call, an engine that knows canaries, silence. */
export function collectPorts(more: Partial<CollectPorts> = {}): CollectPorts {
  let now = 1_000;
  return {
    engine: fakeEngine,
    fingerprint: (secret) => createHmac('sha256', 'test').update(secret.reveal()).digest('hex').slice(0, 16),
    clock: () => (now += 1),
    progress: { stage: () => {}, stream: () => {}, count: () => {} },
    log: { debug: () => {}, warn: () => {} },
    signal: new AbortController().signal,
    version: 'test',
    random: () => 0.5,
    pause: async () => {},
    ...more,
  };
}

type Streams = Readonly<Record<string, Partial<Stream<unknown>> & Pick<Stream<unknown>, 'pages'>>>;

/** A connector of these streams; what a stream leaves out is harmless. */
export function connectorOf(streams: Streams, probe?: Connector['probe']): Connector {
  return defineConnector({
    id: 'made-up',
    title: 'Made up',
    docs: { summary: '', vendorDocs: [], setup: [], blindSpots: [] },
    config: z.unknown(),
    probe: probe ?? (async () => ({ account: 'test', granted: 'unknown' as const })),
    streams: Object.fromEntries(
      Object.entries(streams).map(([id, stream]) => [
        id,
        { title: id, emits: [], operations: [], requires: [], absence: 'means-gone' as const, ...stream },
      ]),
    ),
  });
}
