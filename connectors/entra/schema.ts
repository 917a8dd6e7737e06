import { z } from 'zod';
import { listOf, time } from '../../src/sdk/index.ts';

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();

/** Every object of the directory; what was removed since says nothing but its id. */
const directoryObject = { id: z.string(), '@odata.type': text, '@removed': z.object({ reason: text }).nullish() };
const related = listOf(z.object({ id: z.string(), '@odata.type': text })).nullish();
export type Related = z.output<typeof related>;

/** A page of a list, and of changes. */
function pageOf<S extends z.ZodType>(element: S) {
  return z.object({ value: listOf(element), '@odata.nextLink': text, '@odata.deltaLink': text });
}

/** Neither the hint, which is the beginning of the secret, nor the secret or key itself; the identifier is a thumbprint. */
const keyEntry = z.object({ keyId: text, displayName: text, startDateTime: time(), endDateTime: time() });
const certificateEntry = z.object({ ...keyEntry.shape, usage: text, customKeyIdentifier: text });
const credentials = {
  passwordCredentials: listOf(keyEntry).nullish(),
  keyCredentials: listOf(certificateEntry).nullish(),
};
export type KeyEntry = z.output<typeof keyEntry>;
export type CertificateEntry = z.output<typeof certificateEntry>;

const application = z.object({
  ...directoryObject,
  ...credentials,
  appId: text,
  displayName: text,
  createdDateTime: time(),
  isDisabled: z.boolean().nullish(),
  disabledByMicrosoftStatus: text,
  signInAudience: text,
  notes: text,
  serviceManagementReference: text,
  tags: texts,
});
export type Application = z.output<typeof application>;
export const Applications = pageOf(application);

const federated = z.object({ id: z.string(), issuer: text, subject: text, audiences: texts });
export type Federated = z.output<typeof federated>;
/** What the list of changes does not tell of an application. */
export const ApplicationRelations = pageOf(
  z.object({ id: z.string(), owners: related, federatedIdentityCredentials: listOf(federated).nullish() }),
);
export const Blueprints = pageOf(z.object({ id: z.string(), sponsors: related }));

const servicePrincipal = z.object({
  ...directoryObject,
  ...credentials,
  appId: text,
  displayName: text,
  accountEnabled: z.boolean().nullish(),
  isDisabled: z.boolean().nullish(),
  disabledByMicrosoftStatus: text,
  servicePrincipalType: text,
  appOwnerOrganizationId: text,
  signInAudience: text,
  verifiedPublisher: z.object({ displayName: text, verifiedPublisherId: text }).nullish(),
  notificationEmailAddresses: texts,
  notes: text,
  tags: texts,
});
export type ServicePrincipal = z.output<typeof servicePrincipal>;
export const ServicePrincipals = pageOf(servicePrincipal);

const appRoles = listOf(z.object({ id: z.string(), value: text, allowedMemberTypes: texts })).nullish();
export type AppRoles = z.output<typeof appRoles>;
/** Graph gives when a service principal was made, and does not describe it. */
export const PrincipalRelations = pageOf(
  z.object({ id: z.string(), appId: text, createdDateTime: time(), owners: related, appRoles }),
);
export const RoleAssignments = pageOf(z.object({ appRoleId: z.string(), principalId: text, principalType: text }));
export const DirectoryRoles = pageOf(
  z.object({ principalId: text, roleDefinition: z.object({ displayName: text }).nullish() }),
);

const agent = z.object({
  id: z.string(),
  displayName: text,
  accountEnabled: z.boolean().nullish(),
  agentIdentityBlueprintId: text,
  createdDateTime: time(),
  tags: texts,
  sponsors: related,
});
export type Agent = z.output<typeof agent>;
export const Agents = pageOf(agent);

const grant = z.object({
  ...directoryObject,
  clientId: text,
  consentType: text,
  principalId: text,
  resourceId: text,
  scope: text,
});
export type Grant = z.output<typeof grant>;
export const Grants = pageOf(grant);

const user = z.object({
  ...directoryObject,
  displayName: text,
  userPrincipalName: text,
  mail: text,
  otherMails: texts,
  proxyAddresses: texts,
  accountEnabled: z.boolean().nullish(),
  userType: text,
  externalUserState: text,
  createdDateTime: time(),
  employeeLeaveDateTime: time(),
  deletedDateTime: time(),
});
export type User = z.output<typeof user>;
export const Users = pageOf(user);

/** Type of the account of an agent, in every list of users. */
export const AGENT = '#microsoft.graph.agentUser';

const attempts = z
  .object({
    lastSignInDateTime: time(),
    lastNonInteractiveSignInDateTime: time(),
    lastSuccessfulSignInDateTime: time(),
  })
  .nullish();
/** What the list of changes does not tell of a user. */
export const UserRelations = pageOf(
  z.object({
    id: z.string(),
    '@odata.type': text,
    manager: z.object({ id: z.string() }).nullish(),
    signInActivity: attempts,
  }),
);

const restriction = z.object({
  restrictionType: text,
  state: text,
  maxLifetime: text,
  restrictForAppsCreatedAfterDateTime: time(),
});
export type Restriction = z.output<typeof restriction>;
const restrictions = listOf(restriction).nullish();
export const AppManagementPolicy = z.object({
  isEnabled: z.boolean().nullish(),
  applicationRestrictions: z.object({ passwordCredentials: restrictions, keyCredentials: restrictions }).nullish(),
});
export type AppManagementPolicy = z.output<typeof AppManagementPolicy>;
export const AppManagementPolicies = pageOf(z.object({ id: z.string(), isEnabled: z.boolean().nullish() }));

export const Organisations = pageOf(z.object({ id: z.string(), displayName: text, createdDateTime: time() }));
export const AuthorisationPolicy = z.object({
  allowInvitesFrom: text,
  defaultUserRolePermissions: z
    .object({ allowedToCreateApps: z.boolean().nullish(), permissionGrantPoliciesAssigned: texts })
    .nullish(),
});

const signIn = z.object({ lastSignInDateTime: time() }).nullish();
export const AppActivity = pageOf(z.object({ id: z.string(), appId: text, lastSignInActivity: signIn }));
export const CredentialActivity = pageOf(z.object({ id: z.string(), keyId: text, signInActivity: signIn }));
