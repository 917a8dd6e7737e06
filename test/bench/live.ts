import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openStore } from '../../db/open.ts';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { collect, type CollectPorts } from '../../src/collect/collect.ts';
import type { Secret } from '../../src/core/secret.ts';
import { lean } from '../../src/telemetry/lean.ts';
import {
  credential,
  cursors,
  defineConnector,
  listOf,
  operation,
  pagesOf,
  time,
  type Page,
  type Stream,
} from '../../src/sdk/index.ts';

/**
 * `npm run bench:live`: what it costs to read a platform of 100,000 objects in 20 streams, every answer 20 ms late,
 * 50 requests a second allowed; and to read it again when nothing has changed.
 */
const STREAMS = 20;
const OBJECTS = 5_000;
const PAGE = 100;
const PER_SECOND = 50;
const LEAST = (STREAMS * OBJECTS) / PAGE;

const Body = z.object({
  items: listOf(z.object({ id: z.string(), name: z.string(), created: time() })),
  next: z.string().nullable(),
  delta: z.string().nullable(),
});
const list = operation('GET /streams/{stream}', Body);
type Config = { url: string };

function stream(no: number): Stream<Config> {
  const delta = no < STREAMS / 2;
  return {
    title: `Stream ${no}`,
    emits: ['credential'],
    operations: [list],
    requires: [],
    absence: 'means-gone',
    async *pages(ctx): AsyncGenerator<Page> {
      const since = delta && ctx.changesFrom !== undefined ? { since: JSON.stringify(ctx.changesFrom) } : {};
      const paging = cursors<z.output<typeof Body>>(({ next }) => next, 'cursor');
      const ask = { params: { stream: no }, query: since };
      for await (const page of pagesOf(ctx, list, {
        ask,
        paging,
        elements: ({ items }) => items,
        ...(!delta && { conditional: true }),
      })) {
        const mapped = page.map(({ id, name, created }) =>
          credential({ id, name, type: 'api-key', status: 'active', createdAt: created }),
        );
        const last = delta && page.body?.delta ? { changesFrom: page.body.delta } : {};
        yield { ...mapped, ...last, ...('since' in since && { bounded: true as const }) };
      }
    },
  };
}

const connector = defineConnector({
  id: 'bench',
  title: 'Synthetic tenant',
  docs: { summary: '', vendorDocs: [], setup: [], blindSpots: [] },
  config: z.object({ url: z.url() }),
  remote: {
    origins: ({ url }) => ({ api: url }),
    authenticate: () => ({ type: 'none' }),
    limits: [{ requests: PER_SECOND, per: 1_000, concurrency: 8 }],
    operations: [],
  },
  probe: async () => ({ account: 'bench', granted: 'unknown' }),
  streams: Object.fromEntries(Array.from({ length: STREAMS }, (_, no) => [`stream-${no}`, stream(no)])),
});

const vendor = spawn(
  process.execPath,
  [join(import.meta.dirname, 'live-vendor.ts'), ...[STREAMS, OBJECTS, PAGE, PER_SECOND].map(String)],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const [port] = (await once(vendor.stdout, 'data')) as [Buffer];
const url = `http://127.0.0.1:${String(port).trim()}`;
const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
const store = await openStore({ file: join(folder, 'bench.db') });

const ports: CollectPorts = {
  engine: createEngine(),
  fingerprint: (secret: Secret) => createHmac('sha256', 'bench').update(secret.reveal()).digest('base64url'),
  clock: Date.now,
  progress: lean({ stage: () => {}, stream: () => {}, count: () => {} }),
  log: { debug: () => {}, warn: () => {} },
  signal: new AbortController().signal,
  version: 'bench',
};

try {
  for (const pass of ['first read', 'nothing has changed']) {
    const start = performance.now();
    const coverage = await collect(store, [{ id: 'bench:live', connector, config: { url } }], ports);
    const seconds = (performance.now() - start) / 1_000;
    const incomplete = coverage.find(({ outcome }) => outcome !== 'complete');
    if (incomplete) throw new Error(`${incomplete.stream}: ${incomplete.detail ?? incomplete.outcome}`);
    const counts = (await (await fetch(`${url}/counts`)).json()) as Record<
      'requests' | 'full' | 'notModified' | 'refused',
      number
    >;
    const allowed = counts.requests / PER_SECOND;
    console.log(
      `${pass}: ${coverage.reduce((sum, { items }) => sum + items, 0)} objects seen, ${counts.requests} requests ` +
        `(${((100 * counts.requests) / LEAST).toFixed(1)} % of ${LEAST}; ${counts.full} full answers, ${counts.notModified} not modified, ${counts.refused} refused), ` +
        `${seconds.toFixed(1)} s = ${(seconds / allowed).toFixed(2)} × what the limit allows, ` +
        `peak RSS ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
    );
  }
} finally {
  vendor.kill();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
