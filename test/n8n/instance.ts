import { join } from 'node:path';
import { n8n } from '../servers/programs.ts';
import { freePort, running, type Running } from '../servers/running.ts';

/** A fresh instance of n8n with an owner who is signed in. */
export interface Instance extends Running {
  /** Asks the editor's own interface, which the public one does not replace for setting up. */
  rest<T>(path: string, body?: unknown): Promise<T>;
  /** An API key of the owner's. */
  key(scopes: readonly string[], expiresAt: number | null): Promise<string>;
}

/** Starts one whose data lies in this folder. */
export async function fresh(folder: string, password: string, encryptionKey: string): Promise<Instance> {
  const port = await freePort();
  const env = {
    N8N_USER_FOLDER: join(folder, 'n8n'),
    N8N_ENCRYPTION_KEY: encryptionKey,
    DB_TYPE: 'sqlite',
    N8N_HOST: '127.0.0.1',
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_SECURE_COOKIE: 'false',
    N8N_RUNNERS_MODE: 'internal',
  };
  const server = await running(n8n, port, { args: ['start'], env, answers: '/rest/settings', seconds: 240 });
  let cookie = '';
  const rest = async <T>(path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${server.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return ((await answer.json()) as { data: T }).data;
  };
  await rest('/rest/owner/setup', { email: 'owner@acme.example', firstName: 'Olga', lastName: 'Owner', password });
  const key = async (scopes: readonly string[], expiresAt: number | null): Promise<string> =>
    (await rest<{ rawApiKey: string }>('/rest/api-keys', { label: `key ${scopes.length}`, expiresAt, scopes }))
      .rawApiKey;
  return { ...server, rest, key };
}
