import {
  container,
  operation,
  SourceError,
  unlessRefused,
  type Access,
  type Http,
  type Stream,
} from '../../src/sdk/index.ts';
import { PLATFORM, type Config } from './config.ts';
import { Organisation, WellKnown } from './schema.ts';
import { need } from './scopes.ts';

export const getOrganisation = operation('GET /api/v1/org', Organisation);

/** Told to everybody, whatever the credential may do. */
export const getWellKnown = operation('GET /.well-known/okta-organization', WellKnown, { anonymous: true });

export const organisation: Stream<Config> = {
  title: 'The organisation',
  emits: ['container'],
  operations: [getOrganisation],
  requires: [need('okta.orgs.read', 'it names the organisation')],
  absence: 'means-gone',
  async *pages(ctx) {
    const { body } = await ctx.http.read(getOrganisation);
    const { id, companyName, subdomain, created } = body;
    const name = companyName || subdomain || new URL(ctx.config.orgUrl).host;
    yield {
      items: [
        container({ id: id || 'organisation', name, type: 'organisation', platform: PLATFORM, createdAt: created }),
      ],
    };
  },
};

/** Whose key it is. An app's scopes are those that its token was asked with; a token has its administrator's rights. */
export async function probe(config: Config, { http }: { http: Http }): Promise<Access> {
  const host = new URL(config.orgUrl).host;
  const account = await named(host, http);
  const id = (await unlessRefused(() => http.read(getWellKnown)))?.body.id;
  const lasting = id === undefined ? {} : { accountId: id };
  const { app } = config;
  if (app === undefined) return { account, ...lasting, granted: 'unknown', type: 'api-key' };
  const canWrite = app.scopes.filter((scope) => !scope.endsWith('.read'));
  return {
    account: `app ${app.clientId} in ${account}`,
    ...lasting,
    granted: app.scopes,
    canWrite,
    type: 'private-key',
  };
}

/** Without the scope the host has to do: that is said here, and the stream of the organisation fails for the same. */
async function named(host: string, http: Http): Promise<string> {
  try {
    const { companyName } = (await http.read(getOrganisation)).body;
    return companyName ? `${companyName} (${host})` : host;
  } catch (problem) {
    if (!(problem instanceof SourceError) || problem.kind !== 'permission') throw problem;
    return `${host} (its name is not shown without okta.orgs.read)`;
  }
}
