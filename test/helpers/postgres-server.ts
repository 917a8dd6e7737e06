import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { programAt, startServer } from './servers.ts';

/** Where Debian keeps the programs of each version; the first that can order text by a language, whatever the system has. */
const DEBIAN = '/usr/lib/postgresql';
const OLDEST = 15;

/** Who is connected, but for the one who asks. */
const OTHERS = 'from pg_stat_activity where datname <> current_database()';

/** PostgreSQL refuses to run as root: there it needs the account that Debian's package makes. */
const root = process.getuid?.() === 0;
const account = root ? idOf('postgres') : undefined;
const setpriv = programAt('setpriv', '/usr/bin');
const folder = programs();

export const hasPostgres = folder !== undefined && (!root || (account !== undefined && setpriv !== undefined));
if (!hasPostgres) process.stderr.write('PostgreSQL is not installed, its tests are left out: apt install postgresql\n');

export interface PostgresServer {
  /** Makes a database of its own, empty or as a copy of another; says how to connect to it. */
  database(from?: string): Promise<pg.ClientConfig & { database: string }>;
  stop(): Promise<void>;
}

/** A server as an ordinary process, with everything in one temporary folder, which orders text as English does. */
export async function startPostgres(): Promise<PostgresServer> {
  const home = mkdtempSync(join(tmpdir(), 'postgres-'));
  if (account !== undefined) chownSync(home, account, -1);
  const data = join(home, 'data');
  const english = ['--locale-provider=icu', '--icu-locale=en-US', '--encoding=UTF8'];
  const [initdb, made] = as('initdb', ['-D', data, '-U', 'rollcall', '--auth=trust', '--no-sync', ...english]);
  execFileSync(initdb, made, { stdio: ['ignore', 'ignore', 'pipe'], cwd: tmpdir() });
  // No port, only a socket; and nothing here has to outlive a power cut.
  const settings = ['listen_addresses=', `unix_socket_directories=${home}`, 'fsync=off', 'max_connections=200'];
  const [postgres, args] = as('postgres', ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]);
  const server = { host: home, user: 'rollcall' };
  const ask = (query: string) => askPostgres({ ...server, database: 'postgres' }, query);
  const running = await startServer(postgres, args, { ready: () => ask('select 1').then(() => true) });
  let databases = 0;
  return {
    database: async (from = 'template1') => {
      const database = `rollcall_${++databases}`;
      await ask(`create database ${database} template ${from}`);
      return { ...server, database };
    },
    stop: async () => {
      // A pool has ended before the server has seen all of it go, and who is thrown out on the way reports an error.
      for (let tries = 0; tries < 50 && (await ask(`select ${OTHERS}`)).length > 0; tries += 1) await sleep(100);
      // A test that failed may have left its connections open, and the server would wait for them.
      await ask(`select pg_terminate_backend(pid) ${OTHERS}`);
      await running.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Asks one thing over a connection of its own. */
export async function askPostgres(at: pg.ClientConfig, query: string): Promise<unknown[]> {
  const client = new pg.Client(at);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(query);
    return rows;
  } finally {
    await client.end();
  }
}

function as(program: string, args: readonly string[]): [string, string[]] {
  const file = join(folder ?? '', program);
  if (account === undefined) return [file, [...args]];
  return [setpriv ?? '', ['--reuid=postgres', '--regid=postgres', '--clear-groups', file, ...args]];
}

function programs(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const newest = versions.filter((version) => version >= OLDEST).toSorted((a, b) => b - a);
  return newest.map((version) => join(DEBIAN, `${version}`, 'bin')).find((path) => existsSync(join(path, 'initdb')));
}

function idOf(name: string): number | undefined {
  try {
    return Number(execFileSync('id', ['-u', name], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }));
  } catch {
    return undefined;
  }
}
