import { z } from 'zod';
import { secret, type RequestAuthentication } from '../../src/sdk/index.ts';

export const config = z
  .strictObject({
    /** Address of the editor, `httpAdminRoot` included. */
    url: z.url({ protocol: /^https?$/ }),
    token: secret().optional(),
    username: z.string().min(1).optional(),
    password: secret().optional(),
  })
  .refine(({ username, password }) => (username === undefined) === (password === undefined), {
    message: 'a user name and a password come together, or neither',
  })
  .refine(({ token, password }) => token === undefined || password === undefined, {
    message: 'give a token, or a user name and a password, not both',
  });
/** Rights that include every right to read, in all of the forms that Node-RED takes. */
export const anyRead = ['read', '*.read', '*'] as const;

export type NodeRedConfig = z.output<typeof config>;

/** Where the editor and its API are. */
export function adminUrl({ url }: Pick<NodeRedConfig, 'url'>): string {
  return url.replace(/\/+$/, '');
}

/** Without any of them it is read as anybody can read it. https://nodered.org/docs/api/admin/oauth */
export function authentication(settings: NodeRedConfig): RequestAuthentication {
  const { token, username, password } = settings;
  if (token !== undefined) return { type: 'token', token };
  if (username === undefined || password === undefined) return { type: 'none' };
  return {
    type: 'password',
    tokenUrl: `${adminUrl(settings)}/auth/token`,
    clientId: 'node-red-admin',
    client: 'public',
    username,
    password,
    scope: 'read',
  };
}
