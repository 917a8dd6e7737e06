import type { z } from 'zod';
import { operation, type Operation, type Paging } from '../../src/sdk/index.ts';
import type { Service } from './config.ts';
import * as more from './schema-more.ts';
import * as schema from './schema.ts';

// Every call is a POST to one address. JSON services name it in a header, query services in a form field:
// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html, https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
const query =
  (origin?: 'iam') =>
  <S extends z.ZodType>(action: string, answer: S): Operation<S> =>
    operation(`POST / Action=${action}`, answer, origin === undefined ? {} : { origin });
const json =
  (origin: Service, target: string) =>
  <S extends z.ZodType>(action: string, answer: S): Operation<S> =>
    operation(`POST / x-amz-target:${target}.${action}`, answer, { origin });

const sts = query();
const iam = query('iam');
const secretsManager = json('secretsmanager', 'secretsmanager');
const ssm = json('ssm', 'AmazonSSM');
const acm = json('acm', 'CertificateManager');
const cloudTrail = json('cloudtrail', 'CloudTrail_20131101');
const identityCenter = json('sso', 'SWBExternalService');
const identityStore = json('identitystore', 'AWSIdentityStore');
/** Here alone a call is told by its path. */
const restActions = { '/trustanchors': 'ListTrustAnchors', '/profiles': 'ListProfiles', '/subjects': 'ListSubjects' };
const rolesAnywhere = <S extends z.ZodType>(path: keyof typeof restActions, answer: S): Operation<S> =>
  operation(`GET ${path}`, answer, { origin: 'rolesanywhere' });

export const whoAmI = sts('GetCallerIdentity', schema.Caller);
export const takeRole = sts('AssumeRole', schema.Nothing);

export const authorizationDetails = iam('GetAccountAuthorizationDetails', schema.AuthorizationDetails);
export const writeReport = iam('GenerateCredentialReport', schema.Nothing);
export const readReport = iam('GetCredentialReport', schema.Report);
export const listAccessKeys = iam('ListAccessKeys', schema.AccessKeys);
export const accessKeyLastUsed = iam('GetAccessKeyLastUsed', schema.AccessKeyLastUsed);
export const listServiceCredentials = iam('ListServiceSpecificCredentials', schema.ServiceCredentials);
export const listSshKeys = iam('ListSSHPublicKeys', schema.SshKeys);
export const listSigningCertificates = iam('ListSigningCertificates', schema.SigningCertificates);
export const listServerCertificates = iam('ListServerCertificates', schema.ServerCertificates);
export const listOidcProviders = iam('ListOpenIDConnectProviders', schema.OidcProviders);
export const listSamlProviders = iam('ListSAMLProviders', schema.SamlProviders);

export const listSecrets = secretsManager('ListSecrets', schema.Secrets);
export const listSecretVersions = secretsManager('ListSecretVersionIds', schema.SecretVersions);
export const secretPolicy = secretsManager('GetResourcePolicy', schema.SecretPolicy);

export const describeParameters = ssm('DescribeParameters', schema.Parameters);
export const parameterTags = ssm('ListTagsForResource', schema.ParameterTags);

export const listCertificates = acm('ListCertificates', more.Certificates);
export const describeCertificate = acm('DescribeCertificate', more.CertificateDetail);
export const certificateTags = acm('ListTagsForCertificate', more.Tagged);

export const lookupEvents = cloudTrail('LookupEvents', more.Events);
export const describeTrails = cloudTrail('DescribeTrails', more.Trails);
export const trailStatus = cloudTrail('GetTrailStatus', more.TrailStatus);
export const eventSelectors = cloudTrail('GetEventSelectors', more.EventSelectors);

export const listInstances = identityCenter('ListInstances', more.Instances);
export const listPermissionSets = identityCenter('ListPermissionSets', more.PermissionSets);
export const describePermissionSet = identityCenter('DescribePermissionSet', more.PermissionSet);
export const managedPoliciesOfSet = identityCenter('ListManagedPoliciesInPermissionSet', more.ManagedPolicies);
export const ownPoliciesOfSet = identityCenter(
  'ListCustomerManagedPolicyReferencesInPermissionSet',
  more.PolicyReferences,
);
export const inlinePolicyOfSet = identityCenter('GetInlinePolicyForPermissionSet', more.InlinePolicy);
export const accountsOfSet = identityCenter('ListAccountsForProvisionedPermissionSet', more.Accounts);
export const listAssignments = identityCenter('ListAccountAssignments', more.Assignments);
export const setTags = identityCenter('ListTagsForResource', more.Tagged);
export const listStoreUsers = identityStore('ListUsers', more.StoreUsers);

export const listTrustAnchors = rolesAnywhere('/trustanchors', more.TrustAnchors);
export const listProfiles = rolesAnywhere('/profiles', more.Profiles);
export const listSubjects = rolesAnywhere('/subjects', more.Subjects);

/** Which call of which service an operation is, and the SDK's method for it. */
export function callOf({ route, origin = 'sts' }: Operation): { service: Service; action: string; method: string } {
  const path = route.slice('GET '.length) as keyof typeof restActions;
  const action = restActions[path] ?? route.slice(Math.max(route.lastIndexOf('='), route.lastIndexOf('.')) + 1);
  return { service: origin as Service, action, method: action.charAt(0).toLowerCase() + action.slice(1) };
}

/** The permission that a call needs; AWS names both alike. */
export function permissionOf(called: Operation): string {
  const { service, action } = callOf(called);
  return `${service}:${action}`;
}

/** IAM's pages: `IsTruncated` says whether `Marker` leads on. */
export const markers = pagedBy<{ IsTruncated?: boolean | undefined; Marker?: string | undefined }>('Marker', (body) =>
  body.IsTruncated === true ? body.Marker : undefined,
);

/** Pages of the JSON services. */
export const tokens = pagedBy<{ NextToken?: string | undefined }>('NextToken', (body) => body.NextToken);

/** Pages of Roles Anywhere. */
export const restTokens = pagedBy<{ nextToken?: string | undefined }>('nextToken', (body) => body.nextToken);

function pagedBy<B>(parameter: string, next: (body: B) => string | undefined): Paging<B> {
  return {
    ask: (cursor) => (typeof cursor === 'string' ? { query: { [parameter]: cursor } } : {}),
    next: ({ body }) => next(body) || undefined,
  };
}
