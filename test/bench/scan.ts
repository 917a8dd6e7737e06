import { createHmac } from 'node:crypto';
import { checks } from '../../scanners/checks/index.ts';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { openStore } from '../../db/open.ts';
import { loadMatrix } from '../../src/config/matrices.ts';
import { loadPolicy } from '../../src/config/policy.ts';
import { loadThreats } from '../../src/config/threats.ts';
import { scan } from '../../src/pipeline.ts';
import { lean } from '../../src/telemetry/lean.ts';
import { synthetic, TODAY } from './synthetic.ts';

/** `node test/bench/scan.ts DATABASE N`: the whole pipeline over N synthetic credentials, timed stage by stage. */
const [file = '', size = '100000'] = process.argv.slice(2);
const store = await openStore({ file });
const marks: { name: string; at: number; cpu: number }[] = [];
const mark = (name: string): void => {
  const { user, system } = process.cpuUsage();
  marks.push({ name, at: performance.now(), cpu: (user + system) / 1e6 });
};
const assessed = new Map<string, number>();
const policy = loadPolicy('baseline');

const result = await scan(
  store,
  {
    sources: [{ id: 'synthetic:bench', connector: synthetic({ credentials: Number(size) }), config: {} }],
    environments: new Map(),
    owners: [],
    policy,
    checks,
    threats: loadThreats(),
    matrix: loadMatrix(policy.matrix),
    version: 'bench',
    account: 'bench',
  },
  {
    engine: createEngine(),
    fingerprint: (secret) => createHmac('sha256', 'bench').update(secret.reveal()).digest('base64url'),
    clock: () => TODAY,
    progress: lean({
      stage: mark,
      stream: () => undefined,
      count: (stage, items) => void assessed.set(stage, (assessed.get(stage) ?? 0) + items),
    }),
    log: { debug: () => undefined, warn: (message) => console.log(message) },
    signal: new AbortController().signal,
    version: 'bench',
  },
);
mark('end');
const records = result.coverage.reduce((sum, { items }) => sum + items, 0);
for (const [index, { name, at, cpu }] of marks.entries()) {
  const next = marks[index + 1];
  if (!next) break;
  const items = name === 'collect' ? records : (assessed.get(name) ?? 0);
  const seconds = (next.at - at) / 1_000;
  const busy = next.cpu - cpu;
  console.log(
    `  ${name.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s (${busy.toFixed(1)} s of processor time)${items > 0 ? `, ${items} records, ${Math.round(items / seconds)}/s (${Math.round(items / busy)}/s)` : ''}`,
  );
}
const { total, bySeverity } = await store.findings.count({ shown: ['open'] });
console.log(
  `  ${total} open findings, ${(total / records).toFixed(2)} a record, ${JSON.stringify(bySeverity)}, ${result.opened} new`,
);
console.log(`  peak RSS ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
await store.close();
