import { SourceError, type Access, type Http } from '../../src/sdk/index.ts';
import { isOpen, readAsAnybody } from './admin-api.ts';
import { adminUrl, authentication, type NodeRedConfig } from './config.ts';
import { getSettings } from './instance.ts';

/** What the probe asks. */
export const probed = [readAsAnybody, getSettings];

/** As whom it is read. Where anybody may read, no login is tried: the open door has to be told, whatever the login does. */
export async function probe(config: NodeRedConfig, { http }: { http: Http }): Promise<Access> {
  const { host } = new URL(adminUrl(config));
  if (await isOpen({ http })) return { account: `${host}, as anybody`, granted: 'unknown' };
  if (authentication(config).type === 'none') {
    throw new SourceError('auth', `${host} wants a login: give a token, or a user name and a password`);
  }
  const { user } = (await http.read(getSettings)).body;
  const permissions = user?.permissions == null ? undefined : [user.permissions].flat();
  return {
    account: user?.username == null ? host : `${host}, user ${user.username}`,
    granted: permissions ?? 'unknown',
    ...(permissions && { canWrite: permissions.filter((one) => !/^read$|\.read$/.test(one)) }),
  };
}
