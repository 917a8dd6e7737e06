import { ifAllowed, Misfit, operation, type Instant } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import { ifLicensed } from './licensed.ts';
import { everyOf } from './lists.ts';
import {
  ApplicationRelations,
  Blueprints,
  DirectoryRoles,
  PrincipalRelations,
  RoleAssignments,
  type AppRoles,
  type Federated,
  type Related,
} from './schema.ts';

export const listPrincipals = operation('GET /servicePrincipals', PrincipalRelations);
export const listAssigned = operation('GET /servicePrincipals/{id}/appRoleAssignedTo', RoleAssignments);
export const listDirectoryRoles = operation('GET /roleManagement/directory/roleAssignments', DirectoryRoles);
/** https://learn.microsoft.com/graph/api/rbacapplication-list-roleeligibilityscheduleinstances */
export const listEligible = operation('GET /roleManagement/directory/roleEligibilityScheduleInstances', DirectoryRoles);
export const listApplications = operation('GET /applications', ApplicationRelations);
export const listBlueprints = operation('GET /applications/microsoft.graph.agentIdentityBlueprint', Blueprints);

/** What lists of changes do not tell, by the id of the object; ids and names alone are held. */
export interface PrincipalFacts {
  owners: ReadonlyMap<string, readonly string[]>;
  permissions: ReadonlyMap<string, readonly string[]>;
  made: ReadonlyMap<string, Instant>;
}

/** The people among owners or sponsors: an app that owns an app answers for nothing. */
export function peopleOf(related: Related): string[] {
  const apps = /\.(?:servicePrincipal|agentIdentity\w*)$/;
  return (related ?? []).flatMap((each) =>
    each instanceof Misfit || apps.test(each['@odata.type'] ?? '') ? [] : each.id,
  );
}

/** Owners of every service principal, when it was made, and the permissions that it was granted as itself. */
export async function principalFacts(ctx: Context): Promise<PrincipalFacts> {
  const owners = new Map<string, string[]>();
  const permissions = new Map<string, string[]>();
  const made = new Map<string, Instant>();
  const query = { $select: 'id,appRoles,createdDateTime', $expand: 'owners($select=id)' };
  for await (const principal of everyOf(ctx, listPrincipals, { query })) {
    const people = peopleOf(principal.owners);
    if (people.length > 0) owners.set(principal.id, people);
    if (principal.createdDateTime !== undefined) made.set(principal.id, principal.createdDateTime);
    const roles = rolesOf(principal.appRoles);
    if (roles.size === 0) continue;
    // Asked of those who can grant something: they are few, and each tells all to whom it did.
    const ask = { params: { id: principal.id }, query: { $top: 999 } };
    for await (const { principalId, principalType, appRoleId } of everyOf(ctx, listAssigned, ask)) {
      const role = roles.get(appRoleId);
      if (!principalId || principalType !== 'ServicePrincipal' || role === undefined) continue;
      permissions.set(principalId, [...(permissions.get(principalId) ?? []), role].toSorted());
    }
  }
  return { owners, permissions, made };
}

/** Names of the permissions that apps can be granted. */
export function rolesOf(appRoles: AppRoles): Map<string, string> {
  const forApps = (appRoles ?? []).filter((role) => role.allowedMemberTypes?.includes('Application'));
  return new Map(forApps.flatMap(({ id, value }) => (value ? [[id, value] as const] : [])));
}

/** Roles in the directory, by who has them; undefined where we may not know. */
export async function directoryRoles(ctx: Context): Promise<Roles | undefined> {
  return ifAllowed(ctx, 'directory roles', () => rolesIn(ctx, listDirectoryRoles));
}

/** Roles that people may take on and do not have; undefined where we may not know, or nobody can have any. */
export async function eligibleRoles(ctx: Context): Promise<Roles | undefined> {
  const { told } = await ifLicensed(ctx, 'roles that people are eligible for', () => rolesIn(ctx, listEligible));
  return told;
}

type Roles = ReadonlyMap<string, readonly string[]>;

async function rolesIn(ctx: Context, list: typeof listDirectoryRoles): Promise<Roles> {
  const roles = new Map<string, string[]>();
  const query = { $expand: 'roleDefinition' };
  for await (const { principalId, roleDefinition } of everyOf(ctx, list, { query })) {
    if (!principalId || !roleDefinition?.displayName) continue;
    roles.set(principalId, [...new Set([...(roles.get(principalId) ?? []), roleDefinition.displayName])].toSorted());
  }
  return roles;
}

/** More than looking on. */
export function administers(roles: readonly string[]): boolean {
  return roles.some((role) => !/\bReaders?$/.test(role));
}

export interface ApplicationFacts {
  owners: ReadonlyMap<string, readonly string[]>;
  /** Undefined where we may not know. */
  sponsors: ReadonlyMap<string, readonly string[]> | undefined;
  trusts: ReadonlyMap<string, readonly Federated[]>;
}

/** Owners, sponsors and federated credentials; Graph expands one of them a request. */
export async function applicationFacts(ctx: Context): Promise<ApplicationFacts> {
  const owners = new Map<string, string[]>();
  const trusts = new Map<string, readonly Federated[]>();
  const expanding = ($expand: string) => ({ query: { $select: 'id', $expand } });
  for await (const app of everyOf(ctx, listApplications, expanding('owners($select=id)'))) {
    const people = peopleOf(app.owners);
    if (people.length > 0) owners.set(app.id, people);
  }
  for await (const each of everyOf(ctx, listApplications, expanding('federatedIdentityCredentials'))) {
    const told = (each.federatedIdentityCredentials ?? []).filter((trust) => !(trust instanceof Misfit));
    if (told.length > 0) trusts.set(each.id, told);
  }
  // Agents came later than apps: not every tenant has them, and they take a permission of their own.
  const { told: sponsors } = await ifLicensed(ctx, 'sponsors of agents', async () => {
    const found = new Map<string, string[]>();
    for await (const agent of everyOf(ctx, listBlueprints, expanding('sponsors($select=id)')))
      found.set(agent.id, peopleOf(agent.sponsors));
    return found;
  });
  return { owners, sponsors, trusts };
}
