import { fitting, ifAllowed, isoDate, operation, type Container } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import { everyOf } from './lists.ts';
import { AppManagementPolicies, AppManagementPolicy, type Restriction } from './schema.ts';

/** https://learn.microsoft.com/graph/api/tenantappmanagementpolicy-get */
export const getAppPolicy = operation('GET /policies/defaultAppManagementPolicy', AppManagementPolicy);
/** https://learn.microsoft.com/graph/api/appmanagementpolicy-list */
export const listAppPolicies = operation('GET /policies/appManagementPolicies', AppManagementPolicies);

type Policies = NonNullable<Container['policies']>;

/** May apps have secrets at all, and how long may secrets and certificates last? What may not be seen is left out. */
export async function appPoliciesOf(ctx: Context): Promise<Policies> {
  const rule = await ifAllowed(ctx, 'app management policy', () => ctx.http.read(getAppPolicy));
  const exceptions = await ifAllowed(ctx, 'app management policies of single apps', () => enabledIn(ctx));
  return {
    ...(rule && ruleIn(ctx, rule.body)),
    ...(exceptions !== undefined && { appPoliciesForSingleApps: exceptions }),
  };
}

async function enabledIn(ctx: Context): Promise<number> {
  let enabled = 0;
  for await (const policy of everyOf(ctx, listAppPolicies, { query: { $select: 'id,isEnabled' } }))
    if (policy.isEnabled === true) enabled += 1;
  return enabled;
}

function ruleIn(ctx: Context, { isEnabled, applicationRestrictions: rules }: AppManagementPolicy): Policies {
  const inForce = (each: Restriction): boolean => isEnabled === true && each.state !== 'disabled';
  const secrets = fitting(ctx, rules?.passwordCredentials ?? []).filter(inForce);
  const certificates = fitting(ctx, rules?.keyCredentials ?? []).filter(inForce);
  const of = (all: readonly Restriction[], type: string) => all.find(({ restrictionType }) => restrictionType === type);
  // An app that is older than a rule is free of it.
  const since = [...secrets, ...certificates].flatMap((each) => each.restrictForAppsCreatedAfterDateTime ?? []);
  return {
    appsMayGetSecrets: of(secrets, 'passwordAddition') === undefined,
    longestSecretLife: lifeOf(of(secrets, 'passwordLifetime')),
    longestCertificateLife: lifeOf(of(certificates, 'asymmetricKeyLifetime')),
    ...(since.length > 0 && { onlyForAppsMadeSince: isoDate(Math.max(...since)) }),
  };
}

/** `P90D` is 90 days; a rule without a length that we can read still is one. */
function lifeOf(rule: Restriction | undefined): string {
  if (rule === undefined) return 'unlimited';
  const days = /^P(\d+)D/.exec(rule.maxLifetime ?? '')?.[1];
  return days === undefined ? 'limited' : `${days} days`;
}
