// Runs every quality gate, two at a time: one line per gate, and a gate's output only when it fails.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { performance } from 'node:perf_hooks';

interface Gate {
  readonly name: string;
  readonly command: string;
}

interface Outcome {
  readonly passed: boolean;
  readonly output: string;
}

const AT_ONCE = 2;
const root = join(import.meta.dirname, '..');
const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);

// The slowest first, so that the short ones fill the gaps.
const gates: Gate[] = [
  { name: 'unit tests', command: 'npm run --silent test:unit' },
  { name: 'lint', command: 'npm run --silent lint' },
  { name: 'typecheck', command: 'npm run --silent typecheck' },
  { name: 'knip', command: 'npm run --silent knip' },
  { name: 'format', command: 'npm run --silent format:check' },
];
if (existsSync(join(root, 'tools', 'gen.ts'))) {
  gates.push({ name: 'generated files', command: 'node tools/gen.ts --check' });
}

function runGate(gate: Gate): Promise<Outcome> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(gate.command, {
      cwd: root,
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path },
    });
    const keep = (text: Buffer): void => {
      output += text.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ passed: false, output: error.message }));
    child.on('close', (code) => resolve({ passed: code === 0, output }));
  });
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function work(queue: Gate[]): Promise<number> {
  let failed = 0;
  for (let gate = queue.shift(); gate !== undefined; gate = queue.shift()) {
    const begun = performance.now();
    const { passed, output } = await runGate(gate);
    console.log(`${passed ? 'ok    ' : 'FAILED'}  ${gate.name.padEnd(16)} ${seconds(begun).padStart(7)}`);
    if (!passed) {
      failed += 1;
      console.log(`\n${output.trimEnd()}\n`);
    }
  }
  return failed;
}

const begun = performance.now();
const queue = [...gates];
const failures = await Promise.all(Array.from({ length: AT_ONCE }, () => work(queue)));
const failed = failures.reduce((sum, count) => sum + count, 0);
console.log(`\n${gates.length - failed} of ${gates.length} gates passed in ${seconds(begun)}`);
process.exitCode = failed === 0 ? 0 : 1;
