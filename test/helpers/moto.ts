import { existsSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, programAt, startServer } from './servers.ts';

/** Where `.ci/run` installs it. */
const cache = process.env['ROLLCALL_CACHE'] ?? join(homedir(), '.cache', 'rollcall');
export const motoServer = programAt('moto_server', join(cache, 'moto', 'bin'));

export interface Moto {
  endpoint: string;
  /** Every call since the recording began, as `ListSecrets`, in the server's own record. */
  recorded(): string[];
  record(): Promise<void>;
  stop(): Promise<void>;
}

/** AWS on the loopback address: https://docs.getmoto.org/en/latest/docs/server_mode.html */
export async function startMoto(program: string): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const log = join(tmpdir(), `moto-${port}.log`);
  const server = await startServer(program, ['-H', '127.0.0.1', '-p', String(port)], {
    env: { MOTO_RECORDER_FILEPATH: log, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true', MOTO_ACM_VALIDATION_WAIT: '0' },
    ready: async () => (await fetch(`${endpoint}/moto-api/data.json`)).ok,
  });
  return {
    endpoint,
    record: async () => {
      await fetch(`${endpoint}/moto-api/recorder/start-recording`, { method: 'POST' });
    },
    recorded: () => {
      if (!existsSync(log)) return [];
      return readFileSync(log, 'utf8').trim().split('\n').map(callIn);
    },
    stop: async () => {
      await server.stop();
      rmSync(log, { force: true });
    },
  };
}

function callIn(line: string): string {
  const { headers, body, body_encoded } = JSON.parse(line) as {
    headers: Record<string, string>;
    body: string;
    body_encoded: boolean;
  };
  const target = new Headers(headers).get('x-amz-target');
  if (target !== null) return target.slice(target.indexOf('.') + 1);
  const form = body_encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  return new URLSearchParams(form).get('Action') ?? 'unknown';
}
