/** What a classic scope includes: https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
const includes: Readonly<Record<string, readonly string[]>> = {
  repo: ['repo:status', 'repo_deployment', 'public_repo', 'repo:invite', 'security_events', 'read:repo_hook'],
  'admin:repo_hook': ['write:repo_hook', 'read:repo_hook'],
  'write:repo_hook': ['read:repo_hook'],
  'admin:org': ['write:org', 'read:org', 'manage_runners:org'],
  'write:org': ['read:org'],
  'admin:enterprise': ['manage_runners:enterprise', 'manage_billing:enterprise', 'read:enterprise'],
  audit_log: ['read:audit_log'],
  user: ['read:user', 'user:email', 'user:follow'],
};
const reading = new Set(['read:audit_log', 'user:email', 'repo:status']);

/** The scopes of `X-OAuth-Scopes`, with those that they include. */
export function classicScopes(header: string): string[] {
  const named = header.split(',').flatMap((scope) => scope.trim() || []);
  return [...new Set(named.flatMap((scope) => [scope, ...(includes[scope] ?? [])]))];
}

/** Those of these scopes that let somebody change things. */
export function writingScopes(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !scope.startsWith('read:') && !reading.has(scope));
}
