import type { Scope } from '../../src/sdk/index.ts';

const orElse = ['Directory.Read.All'];

/** https://learn.microsoft.com/graph/permissions-reference */
export const scopes = {
  applications: { scope: 'Application.Read.All', orElse },
  grants: { scope: 'DelegatedPermissionGrant.Read.All', orElse },
  organisation: { scope: 'Organization.Read.All', orElse },
  users: { scope: 'User.Read.All', orElse },
  roles: { scope: 'RoleManagement.Read.Directory', orElse },
} as const satisfies Record<string, Omit<Scope, 'why'>>;

/** Everything to grant: application permissions, and none that writes. */
export const leastPrivilege = [
  ...Object.values(scopes).map(({ scope }) => scope),
  'AgentIdentity.Read.All',
  'AgentIdentityBlueprint.Read.All',
  'AuditLog.Read.All',
  'Policy.Read.All',
].toSorted();

/** Those of these permissions that let somebody change things. */
export function writing(granted: readonly string[]): string[] {
  return granted.filter((scope) => !/\.Read(?:Basic)?(?:\.|$)/.test(scope));
}
