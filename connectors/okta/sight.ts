import type { z } from 'zod';
import { operation, unlessRefused } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import { allOf } from './lists.ts';
import { getOrganisation } from './organisation.ts';
import { listClientRoles, listUserRoles } from './roles.ts';
import { OneUser, type Roles } from './schema.ts';

const getUser = operation('GET /api/v1/users/{id}', OneUser);

/** What is asked to know whether lists are whole. */
export const sightAsk = [getUser, getOrganisation, listClientRoles, listUserRoles] as const;

/**
 * They see everybody and everything; others may be limited to some groups, apps or resources, and are given lists of
 * these alone. https://help.okta.com/en-us/content/topics/security/administrators-admin-comparison.htm
 */
const seesAll = new Set(['SUPER_ADMIN', 'ORG_ADMIN', 'READ_ONLY_ADMIN']);

/** Says so where the role of the credential may show it a part of a list: what it lacks may still be there. */
export async function doubtUnlessWhole(ctx: Context): Promise<void> {
  const roles = await unlessRefused(() => ownRoles(ctx));
  if (roles?.some(({ type, status }) => status !== 'INACTIVE' && seesAll.has(type ?? ''))) return;
  if (roles !== undefined)
    return ctx.doubt(
      'the credential’s role may be limited to some groups, apps or resources: give it Read-Only Administrator',
    );
  // Only super administrators are shown roles for certain; the organisation's settings, those who see all.
  if (await unlessRefused(() => ctx.http.read(getOrganisation))) return;
  ctx.doubt(
    'neither its role nor the organisation’s settings are shown to the credential, as if its role were limited: give it Read-Only Administrator and okta.orgs.read',
  );
}

/** The roles that the credential acts with. */
async function ownRoles(ctx: Context): Promise<z.output<typeof Roles>> {
  const { app } = ctx.config;
  if (app !== undefined) return allOf(ctx, listClientRoles, { params: { clientId: app.clientId } });
  // "the user linked to the API token": https://developer.okta.com/docs/api/openapi/okta-management/management/user/getuser
  const { body } = await ctx.http.read(getUser, { params: { id: 'me' } });
  return allOf(ctx, listUserRoles, { params: { userId: body.id } });
}
