import {
  SourceError,
  fitting,
  instant,
  linkHeaders,
  operation,
  pagesOf,
  type Access,
  type ProbeContext,
  type RequestAuthentication,
} from '../../src/sdk/index.ts';
import { readingToken } from './app-token.ts';
import type { Config } from './config.ts';
import { installationId } from './ids.ts';
import { largestPage } from './lists.ts';
import { classicScopes, writingScopes } from './scopes.ts';
import { organisation, installations, type Installation } from './schema.ts';

export const getOrganisation = operation('GET /orgs/{org}', organisation);
export const listInstallations = operation('GET /orgs/{org}/installations', installations);

export function authenticate(config: Config): RequestAuthentication {
  const { app, token } = config;
  if (app !== undefined) return { type: 'minted', mint: (send) => readingToken(config, app, send) };
  return token === undefined ? { type: 'none' } : { type: 'token', token };
}

/** Who reads, and what was granted: GitHub says it for Apps and classic tokens, not for fine-grained ones. */
export async function probe(config: Config, ctx: ProbeContext): Promise<Access> {
  const { organisation: org, app } = config;
  const { body, headers } = await ctx.http.read(getOrganisation, { params: { org } });
  const accountId = String(body.id);
  if (app !== undefined) return { ...appAccess(config, app.id, await ownInstallation(config, ctx)), accountId };
  const scopes = headers.get('x-oauth-scopes');
  const granted = scopes === null ? undefined : classicScopes(scopes);
  // `2026-10-07 19:07:53 UTC`; https://github.blog/changelog/2021-07-26-expiration-options-for-personal-access-tokens/
  const expiresAt = instant(headers.get('github-authentication-token-expiration'));
  return {
    account: `${granted === undefined ? 'fine-grained' : 'classic'} personal access token in ${org}`,
    accountId,
    granted: granted ?? 'unknown',
    type: 'pat',
    ...(granted && { canWrite: writingScopes(granted) }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** What this App was granted; undefined when it may not list installations (organization_administration:read). */
async function ownInstallation(
  { organisation: org, app }: Config,
  { http, signal }: ProbeContext,
): Promise<Installation | undefined> {
  const own = ({ app_id, client_id }: Installation): boolean => String(app_id) === app?.id || client_id === app?.id;
  const ctx = { http, signal, resume: undefined, blind: () => {}, known: async () => undefined };
  const options = { ask: { params: { org }, query: largestPage }, paging: linkHeaders() };
  try {
    for await (const page of pagesOf(ctx, listInstallations, { ...options, elements: (body) => body.installations })) {
      const found = fitting(ctx, page.elements).find(own);
      if (found !== undefined) return found;
    }
  } catch (problem) {
    if (!(problem instanceof SourceError) || problem.kind !== 'permission') throw problem;
  }
  return undefined;
}

function appAccess({ organisation: org }: Config, id: string, installation: Installation | undefined): Access {
  const account = `GitHub App ${installation?.app_slug ?? id} in ${org}`;
  if (installation === undefined) return { account, granted: 'unknown', type: 'private-key' };
  const entries = Object.entries(installation.permissions);
  const writing = entries.filter(([, level]) => level !== 'read').map(([name]) => name);
  const some = installation.repository_selection === 'selected';
  return {
    account: some ? `${account}, selected repositories only` : account,
    granted: entries.map(([name]) => `${name}:read`),
    // Our tokens only read; whoever has the private key can make others.
    canWrite: writing,
    type: 'private-key',
    identity: installationId(installation),
  };
}
