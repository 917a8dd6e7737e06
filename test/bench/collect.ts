import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../db/open.ts';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { collect, type CollectPorts } from '../../src/collect/collect.ts';
import type { Secret } from '../../src/core/secret.ts';
import { synthetic } from './synthetic.ts';

/**
 * `node test/bench/collect.ts [N] [bare]`: how fast N credentials with their owners, links and containers reach the
 * database, read twice, and how fast they are read back joined. `bare` leaves secret detection out.
 */
const [size = '1000000', bare] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
const file = join(folder, 'bench.db');

const ports: CollectPorts = {
  engine: bare === 'bare' ? { scan: () => [], redact: (text) => text, detectors: [] } : createEngine(),
  fingerprint: (secret: Secret) => createHmac('sha256', 'bench').update(secret.reveal()).digest('base64url'),
  clock: () => Date.now(),
  progress: { stage: () => {}, stream: () => {}, count: () => {} },
  log: { debug: () => {}, warn: () => {} },
  signal: new AbortController().signal,
  version: 'bench',
};

const store = await openStore({ file });
try {
  const source = { id: 'synthetic:bench', connector: synthetic({ credentials: Number(size) }), config: {} };
  for (const pass of ['collect, first time', 'collect, same again']) {
    await timed(pass, async () => {
      const coverage = await collect(store, [source], ports);
      const incomplete = coverage.find((stream) => stream.outcome !== 'complete');
      if (incomplete !== undefined) throw new Error(`${incomplete.stream}: ${incomplete.detail ?? incomplete.outcome}`);
      return coverage.reduce((sum, stream) => sum + stream.items, 0);
    });
  }
  await timed('read back, joined', async () => {
    let records = 0;
    for await (const page of store.records.joined('credential')) records += page.length;
    return records;
  });
} finally {
  await store.close();
  console.log(
    `database ${Math.round(statSync(file).size / 1e6)} MB, peak RSS ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
  );
  rmSync(folder, { recursive: true, force: true });
}

async function timed(what: string, work: () => Promise<number>): Promise<void> {
  const start = performance.now();
  const before = process.cpuUsage();
  const records = await work();
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(before);
  // On a machine that others use too, the processor's time says more than the clock's.
  const busy = (user + system) / 1e6;
  const rate = (time: number): string => `${Math.round(records / time)}/s`;
  const rss = Math.round(process.memoryUsage.rss() / 2 ** 20);
  console.log(
    `${what}: ${records} records in ${seconds.toFixed(1)} s = ${rate(seconds)}; ${busy.toFixed(1)} s of CPU = ${rate(busy)}; RSS ${rss} MiB`,
  );
}
