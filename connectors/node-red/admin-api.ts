import { endpoint, link, operation, SourceError } from '../../src/sdk/index.ts';
import type { Authentication, Stream, StreamContext } from '../../src/sdk/index.ts';
import { adminUrl, type NodeRedConfig } from './config.ts';
import { GlobalFlow, Login } from './schema.ts';

/** Takes the right to read flows; of what comes, nothing is kept. */
export const readAsAnybody = operation('GET /flow/{id}', GlobalFlow, {
  anonymous: true,
  means: { 401: 'permission', 403: 'permission' },
});
/** Asks nobody for a login, unless something before Node-RED does. */
export const howToLogIn = operation('GET /auth/login', Login, { anonymous: true });

/**
 * Who can get at the editor. Without `adminAuth`, or with rights for a default user, everybody who reaches the address
 * reads and mostly also changes every flow. https://nodered.org/docs/user-guide/runtime/securing-node-red
 */
export const adminApi: Stream<NodeRedConfig> = {
  title: 'Admin API, as anybody finds it',
  emits: ['endpoint'],
  operations: [readAsAnybody, howToLogIn],
  requires: [],
  absence: 'means-gone',
  async *pages(ctx) {
    const { protocol, hostname } = new URL(adminUrl(ctx.config));
    const record = endpoint({
      id: 'admin-api',
      name: `Node-RED admin API of ${hostname}`,
      direction: 'inbound',
      platform: 'node-red',
      type: 'admin-api',
      authentication: await authenticationOf(ctx),
      host: hostname,
      scheme: protocol.replace(':', ''),
      // It has just answered.
      state: 'active',
      links: [link('contained-in', 'container', 'instance')],
    });
    yield { items: [record] };
  },
};

async function authenticationOf(ctx: StreamContext<NodeRedConfig>): Promise<Authentication> {
  const { body } = await ctx.http.read(howToLogIn);
  if (await isOpen(ctx)) return 'none';
  if (body.type === 'credentials') return 'session';
  // Somebody else’s sign-in, or tokens alone: then it says nothing.
  return body.type === 'strategy' ? 'oauth' : 'unknown';
}

/** Does it answer to anybody? */
export async function isOpen({ http }: Pick<StreamContext<NodeRedConfig>, 'http'>): Promise<boolean> {
  try {
    await http.read(readAsAnybody, { params: { id: 'global' } });
    return true;
  } catch (problem) {
    if (problem instanceof SourceError && problem.kind === 'permission') return false;
    throw problem;
  }
}
