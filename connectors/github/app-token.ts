import { Secret, SourceError, instant, type FailureKind, type MintedToken } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';

type App = NonNullable<Config['app']>;

/** These exist with write access alone; a scanner does without. */
const writeOnly = new Set(['workflows', 'profile']);

/**
 * A token of the App's installation that can read what the App may read or write, and change nothing: whatever the
 * App was granted, only the reading half of it is asked for. Throws `SourceError`.
 */
export async function readingToken(config: Config, app: App, send: typeof fetch): Promise<MintedToken> {
  const { Octokit } = await import('@octokit/rest');
  const { createAppAuth } = await import('@octokit/auth-app');
  const octokit = new Octokit({
    authStrategy: createAppAuth,
    auth: { appId: app.id, privateKey: app.privateKey.reveal() },
    baseUrl: config.apiUrl.replace(/\/$/, ''),
    request: { fetch: send },
    log: silent,
  });
  try {
    const { data } = await (app.installation === undefined
      ? octokit.rest.apps.getOrgInstallation({ org: config.organisation })
      : octokit.rest.apps.getInstallation({ installation_id: app.installation }));
    const permissions = Object.fromEntries(
      Object.keys(data.permissions)
        .filter((name) => !writeOnly.has(name))
        .map((name) => [name, 'read']),
    );
    // octokit.auth() would share what it is fetching with every other source of this process, by installation alone:
    // two servers may well number theirs alike.
    const minted = await octokit.rest.apps.createInstallationAccessToken({ installation_id: data.id, permissions });
    return { token: new Secret(minted.data.token), expiresAt: instant(minted.data.expires_at) ?? 0 };
  } catch (problem) {
    throw refused(config, problem);
  }
}

const quiet = (): void => {};
const silent = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** The library's own messages may quote the answer or the key. */
function refused({ organisation, apiUrl }: Config, problem: unknown): SourceError {
  if (problem instanceof Error && problem.cause instanceof SourceError) return problem.cause;
  const status = problem instanceof Error && 'status' in problem ? Number(problem.status) : undefined;
  if (status === undefined)
    return new SourceError(
      'config',
      'app.privateKey cannot be used: it has to be the PEM file that GitHub gave for this App',
    );
  const host = new URL(apiUrl).host;
  const [kind, detail]: [FailureKind, string] =
    status === 401
      ? ['auth', 'the App is not known there, or the private key is not its own: check app.id and app.privateKey']
      : status === 404
        ? ['auth', `the App is not installed in ${organisation}: install it there, or correct app.installation`]
        : status === 403 || status === 422
          ? ['permission', 'the installation is suspended, or its permissions wait for approval']
          : status === 429
            ? ['rate-limited', 'it asks us to slow down']
            : ['transient', 'it cannot answer at the moment'];
  return new SourceError(kind, `${host} gave the App no token (${status}): ${detail}`, { status });
}
