import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { openApp } from '../../src/app.ts';
import { reportSources } from '../../src/app/report-sources.ts';
import { formats, publish } from '../../src/publish/publish.ts';

/** `node test/bench/report.ts DATABASE FORMAT`: one report of a whole database, its size, time and peak memory. */
const [file = '', wanted = 'json'] = process.argv.slice(2);
const format = formats.find((known) => known === wanted) ?? 'json';
const app = await openApp({ cwd: '.', clock: () => Date.now(), account: 'bench', db: file });
const out = createWriteStream('/dev/null');
let bytes = 0;
const start = performance.now();
await publish(format, await reportSources(app), async (text) => {
  bytes += text.length;
  if (!out.write(text)) await once(out, 'drain');
});
const seconds = (performance.now() - start) / 1_000;
console.log(
  `  ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s, peak RSS ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
);
await app.store.close();
