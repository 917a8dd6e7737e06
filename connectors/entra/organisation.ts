import { container, ifAllowed, operation, type Stream } from '../../src/sdk/index.ts';
import { appPoliciesOf, getAppPolicy, listAppPolicies } from './app-policies.ts';
import { PLATFORM, type Config } from './config.ts';
import { listed } from './lists.ts';
import { AuthorisationPolicy, Organisations } from './schema.ts';
import { scopes } from './scopes.ts';

const listOrganisations = operation('GET /organization', Organisations);
const getPolicy = operation('GET /policies/authorizationPolicy', AuthorisationPolicy);

export const organisation: Stream<Config> = {
  title: 'The tenant, who may register and let in apps, and how long their secrets may last',
  emits: ['container'],
  operations: [listOrganisations, getPolicy, getAppPolicy, listAppPolicies],
  requires: [{ ...scopes.organisation, why: 'it names the tenant that everything else is in' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const answer = await ifAllowed(ctx, 'authorisation policy', () => ctx.http.read(getPolicy));
    const { allowInvitesFrom, defaultUserRolePermissions: may } = answer?.body ?? {};
    const consent = may?.permissionGrantPoliciesAssigned;
    const policies = {
      ...(allowInvitesFrom && { allowInvitesFrom }),
      ...(typeof may?.allowedToCreateApps === 'boolean' && { usersMayRegisterApps: may.allowedToCreateApps }),
      // https://learn.microsoft.com/graph/api/resources/defaultuserrolepermissions
      ...(consent && { usersMayConsent: consent.some((policy) => policy.startsWith('ManagePermissionGrantsForSelf')) }),
      ...(await appPoliciesOf(ctx)),
    };
    for await (const page of listed(ctx, listOrganisations))
      yield page.map(({ id, displayName, createdDateTime: createdAt }) =>
        container({
          id: id.toLowerCase(),
          name: displayName || id,
          type: 'organisation',
          platform: PLATFORM,
          createdAt,
          policies: Object.keys(policies).length > 0 ? policies : undefined,
          gaps: answer ? {} : { policies: 'denied' },
        }),
      );
  },
};
