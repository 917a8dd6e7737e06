import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderOf, n8n, nodeRed, type Program } from './programs.ts';

/** `node test/servers/install.ts node-red`: brings real servers for tests from npm, once, into a cache folder. */
for (const name of process.argv.slice(2)) {
  const program = [nodeRed, n8n].find((each) => each.name === name);
  if (program === undefined) throw new Error(`${name} is none of node-red, n8n`);
  install(program);
}

function install(program: Program): void {
  const folder = folderOf(program);
  const done = join(folder, 'installed');
  if (existsSync(done)) return;
  mkdirSync(folder, { recursive: true });
  const { name, version, overrides, compiled = [] } = program;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
  npm(folder, ['install', `${name}@${version}`, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (compiled.length > 0) npm(folder, ['rebuild', ...compiled]);
  writeFileSync(done, version);
}

function npm(cwd: string, args: readonly string[]): void {
  // Node's own headers lie beside its binary: nothing has to be fetched to compile against them.
  const headers = dirname(dirname(process.execPath));
  const nodedir = existsSync(join(headers, 'include', 'node')) ? { npm_config_nodedir: headers } : {};
  const env = { ...process.env, ...nodedir, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
  const { status } = spawnSync('npm', args, { cwd, env, stdio: 'inherit' });
  if (status !== 0) throw new Error(`npm ${args[0]} in ${cwd} ended with ${status}`);
}
