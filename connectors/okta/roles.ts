import type { z } from 'zod';
import { fitting, ifAllowedOfEach, operation } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import { RolePermissions, Roles, type Role } from './schema.ts';

export const listClientRoles = operation('GET /oauth2/v1/clients/{clientId}/roles', Roles);
export const listUserRoles = operation('GET /api/v1/users/{userId}/roles', Roles);
export const listPermissions = operation('GET /api/v1/iam/roles/{roleIdOrLabel}/permissions', RolePermissions);

/** What the roles of somebody amount to. */
export interface Held {
  /** Those in force, by the names that Okta shows. */
  roles: readonly string[];
  /** One of them changes things. */
  administers: boolean;
}

/** Judges roles: Okta's own by their names, each custom one by its permissions, which are asked for once. */
export function heldOf(ctx: Context): (roles: z.output<typeof Roles>) => Promise<Held> {
  const known = new Map<string, Promise<boolean | undefined>>();
  const ask = ifAllowedOfEach(ctx, 'permissions of custom roles');
  const changes = async (role: Role): Promise<boolean> => {
    const custom = role.type === 'CUSTOM' ? role.role || role.label : undefined;
    if (!custom) return soundsLikeChange(role);
    const told = known.get(custom) ?? ask(() => allowsChange(ctx, custom, nameOf(role)));
    known.set(custom, told);
    return (await told) ?? soundsLikeChange(role);
  };
  return async (roles) => {
    const held = roles.filter(({ status }) => status !== 'INACTIVE');
    const verdicts = await Promise.all(held.map(changes));
    return { roles: held.map(nameOf), administers: verdicts.includes(true) };
  };
}

const nameOf = ({ label, type }: Role): string => label || type || 'a role';

/** Roles that read and report say so in their names. */
const soundsLikeChange = (role: Role): boolean => !/read.?only|report/i.test(nameOf(role));

/**
 * What only reads ends in `.read`; that of the credentials of apps shows the secrets with which these act.
 * https://developer.okta.com/docs/api/openapi/okta-management/guides/permissions
 */
const onlyReads = (permission: string | null | undefined): boolean =>
  permission?.endsWith('.read') === true && permission !== 'okta.apps.clientCredentials.read';

/** Undefined where Okta does not list what the role may do. */
async function allowsChange(ctx: Context, roleIdOrLabel: string, name: string): Promise<boolean | undefined> {
  const { permissions } = (await ctx.http.read(listPermissions, { params: { roleIdOrLabel } })).body;
  if (!permissions) {
    ctx.blind(`permissions of ${name}`, 'schema', 'the answer came without its list');
    return undefined;
  }
  const known = fitting(ctx, permissions);
  return known.length < permissions.length || !known.every(({ label }) => onlyReads(label));
}
