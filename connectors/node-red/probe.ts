import { SourceError, type Access, type Http } from '../../src/sdk/index.ts';
import { howToLogIn, isOpen, readAsAnybody } from './admin-api.ts';
import { adminUrl, authentication, type NodeRedConfig } from './config.ts';
import { getSettings } from './instance.ts';

/** What the probe asks. */
export const probed = [readAsAnybody, howToLogIn, getSettings];

/** As whom it is read. Where anybody may read, no login is tried: the open door has to be told, whatever the login does. */
export async function probe(config: NodeRedConfig, { http }: { http: Http }): Promise<Access> {
  const { host } = new URL(adminUrl(config));
  if (await explained(host, () => isOpen({ http }))) return { account: `${host}, as anybody`, granted: 'unknown' };
  await explained(host, () => http.read(howToLogIn));
  if (authentication(config).type === 'none') {
    throw new SourceError('auth', `${host} wants a login: give a token, or a user name and a password`);
  }
  const { user } = (await explained(host, () => http.read(getSettings))).body;
  const permissions = user?.permissions == null ? undefined : [user.permissions].flat();
  return {
    account: user?.username == null ? host : `${host}, user ${user.username}`,
    granted: permissions ?? 'unknown',
    ...(permissions && { canWrite: permissions.filter((one) => !/^read$|\.read$/.test(one)) }),
  };
}

/** Says what to do about a refusal that the client cannot explain. */
async function explained<T>(host: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (problem) {
    if (!(problem instanceof SourceError)) throw problem;
    const { kind, status } = problem;
    const advice = adviceOn(host, problem);
    throw advice === undefined
      ? problem
      : new SourceError(kind, advice, { ...(status !== undefined && { status }), cause: problem });
  }
}

function adviceOn(host: string, { kind, status, message }: SourceError): string | undefined {
  if (kind === 'not-found')
    return `${host}: there is no editor: is it the address of the editor, httpAdminRoot included, and is that not set to false?`;
  if (kind !== 'auth') return undefined;
  if (message.startsWith(howToLogIn.route))
    return `${host}: before Node-RED itself is reached, somebody asks for a login (httpAdminAuth, or a proxy), which cannot be given: let Rollcall in by another way`;
  if (status === undefined)
    return `${message}: is the password right, and has the user no less than permissions: "read"?`;
  return undefined;
}
