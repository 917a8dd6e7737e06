import { spawnSync } from 'node:child_process';
import { cpus, tmpdir, totalmem } from 'node:os';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm run bench [-- N]`: every figure of docs/benchmarks.md, each in a process of its own so that peaks do not mix.
 * N is the number of synthetic credentials (1,000,000 by default).
 */
/** As `bin/rollcall.mjs` starts a scan. */
const HEAP = ['--max-semi-space-size=16'];

const [size = '1000000'] = process.argv.slice(2);
const here = import.meta.dirname;
const root = join(here, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));

console.log(
  `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
);
try {
  const database = join(folder, 'bench.db');
  run(`a scan of ${size} synthetic credentials`, [join(here, 'scan.ts'), database, size]);
  run('the same scan again', [join(here, 'scan.ts'), database, size]);
  for (const format of ['json', 'csv', 'html', 'sarif'])
    run(`report, ${format}`, [join(here, 'report.ts'), database, format]);
  samples();
  help();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(title: string, args: readonly string[]): void {
  console.log(`\n${title}`);
  const { status } = spawnSync(process.execPath, [...HEAP, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

/** Real exports end to end, as a whole process. */
function samples(): void {
  const path = join(root, '..', 'shared', 'samples');
  if (!existsSync(path)) return console.log('\nsamples: skipped, ../shared is not here');
  const seconds = [0, 1, 2].map((attempt) =>
    wall([
      join(root, 'bin/rollcall.mjs'),
      'scan',
      path,
      '--quiet',
      '--fail-on',
      'never',
      '--db',
      join(folder, `s${attempt}.db`),
    ]),
  );
  console.log(
    `\nscan of ../shared/samples, whole process: ${median(seconds).toFixed(2)} s (median of ${seconds.length})`,
  );
}

/** Start-up beside an empty process, in turn. */
function help(): void {
  const pairs = Array.from({ length: 15 }, () => [wall([join(root, 'bin/rollcall.mjs'), '--help']), wall(['-e', ''])]);
  const ours = median(pairs.map(([value = 0]) => value));
  const empty = median(pairs.map(([, value = 0]) => value));
  console.log(
    `--help: ${Math.round(ours * 1_000)} ms, empty process ${Math.round(empty * 1_000)} ms, ratio ${(ours / empty).toFixed(2)}`,
  );
}

function wall(args: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, [...args], { stdio: 'ignore' });
  return (performance.now() - start) / 1_000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
