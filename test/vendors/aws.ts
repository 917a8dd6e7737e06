import { seeded } from '../../scanners/secrets/samples.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';
import { certificate } from './aws/certificate.ts';
import * as iam from './aws/iam.ts';
import { events } from './aws/history.ts';
import * as keeps from './aws/keeps.ts';
import * as outside from './aws/outside.ts';
import * as trails from './aws/trails.ts';

const keyOf = (prefix: string, seed: number): string =>
  prefix + seeded(seed).chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16);
/** The key in the configuration may take on one role, and nothing else. */
const own = { id: keyOf('AKIA', 1), secret: seeded(2).alnum(40) };
const session = { id: keyOf('ASIA', 3), secret: seeded(4).alnum(40), token: seeded(5).alnum(200) };
const role = { arn: `arn:aws:iam::${iam.accountId}:role/rollcall`, externalId: 'acme-rollcall' };

/** What must never be kept. */
export const secrets = [own.id, own.secret, session.id, session.secret, session.token];

/** An account with two regions, whose pages have three things. AWS may always send fewer than it is asked for. */
const PAGE = 3;

const services = 'sts iam secretsmanager ssm acm cloudtrail sso identitystore rolesanywhere'.split(' ');

type Input = Readonly<Record<string, unknown>>;
type Answered = object | { refused: string };

export function vendor(): FixtureVendor {
  return {
    settings: (origin) => ({
      regions: ['eu-west-1', 'us-east-1'],
      accessKey: { id: 'env:AWS_KEY_ID', secret: 'env:AWS_KEY_SECRET' },
      role,
      endpoints: Object.fromEntries(services.map((service) => [service, origin])),
    }),
    env: { AWS_KEY_ID: own.id, AWS_KEY_SECRET: own.secret },
    answer: (request) => {
      if (request.method === 'GET') return restAnswer(request);
      if (request.method !== 'POST' || request.path !== '/') return undefined;
      const target = request.headers.get('x-amz-target');
      return target === null ? queryAnswer(request) : jsonAnswer(request, target);
    },
  };
}

/** https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
function jsonAnswer(request: VendorRequest, target: string): VendorAnswer {
  const refused = signedBy(request) === session.id ? undefined : { refused: 'UnrecognizedClientException' };
  const answered = refused ?? keeping(target, JSON.parse(request.body) as Input, regionOf(request));
  if ('refused' in answered) return { status: 400, json: { __type: answered.refused, Message: 'no' } };
  return { json: answered };
}

function keeping(target: string, input: Input, region: string): Answered {
  const name = String(input['SecretId']).replace(/^.*:secret:(.*)-AbCdEf$/, '$1');
  switch (target) {
    case 'secretsmanager.ListSecrets': {
      const all = keeps.secrets[region] ?? [];
      const shown = input['IncludePlannedDeletion'] === true ? all : all.filter((each) => !('DeletedDate' in each));
      return page(input, 'NextToken', 'SecretList', shown);
    }
    case 'secretsmanager.ListSecretVersionIds':
      return { Versions: keeps.versions[name] ?? keeps.oneVersion };
    case 'secretsmanager.GetResourcePolicy':
      if (name === 'closed') return { refused: 'AccessDeniedException' };
      return { Name: name, ...(keeps.policies[name] !== undefined && { ResourcePolicy: keeps.policies[name] }) };
    case 'AmazonSSM.DescribeParameters':
      return page(input, 'NextToken', 'Parameters', keeps.parameters[region] ?? []);
    case 'AmazonSSM.ListTagsForResource':
      return { TagList: keeps.parameterTags[String(input['ResourceId'])] ?? [] };
    case 'CloudTrail_20131101.LookupEvents': {
      const [{ AttributeValue: wanted } = {}] = (input['LookupAttributes'] ?? []) as { AttributeValue?: string }[];
      const found = (events[region] ?? []).filter(({ EventName }) => EventName === wanted);
      return page(input, 'NextToken', 'Events', found);
    }
    case 'CloudTrail_20131101.DescribeTrails':
      return { trailList: trails.list[region] ?? [] };
    case 'CloudTrail_20131101.GetTrailStatus':
      return trails.status[String(input['Name'])] ?? { refused: 'TrailNotFoundException' };
    case 'CloudTrail_20131101.GetEventSelectors':
      return trails.selectors[String(input['TrailName'])] ?? { refused: 'TrailNotFoundException' };
    default:
      return target.startsWith('CertificateManager.')
        ? certificates(target, input, region)
        : singleSignOn(target, input, region);
  }
}

/** Unasked, RSA's usual keys alone are listed. */
function certificates(target: string, input: Input, region: string): Answered {
  const asked = (input['Includes'] as { keyTypes?: string[] } | undefined)?.keyTypes ?? ['RSA_2048'];
  const found = region === 'eu-west-1' ? outside.certificates : [];
  const one = found.find(({ listed }) => listed.CertificateArn === input['CertificateArn']);
  switch (target) {
    case 'CertificateManager.ListCertificates': {
      const listed = found.map((each) => each.listed).filter(({ KeyAlgorithm }) => asked.includes(KeyAlgorithm));
      return page(input, 'NextToken', 'CertificateSummaryList', listed);
    }
    case 'CertificateManager.DescribeCertificate':
      return { Certificate: one?.described };
    case 'CertificateManager.ListTagsForCertificate':
      return { Tags: one?.listed.DomainName === 'shop.acme.example' ? outside.certificateTags : [] };
    default:
      return { refused: 'AccessDeniedException' };
  }
}

/** IAM Identity Center is in one region. */
function singleSignOn(target: string, input: Input, region: string): Answered {
  const arn = String(input['PermissionSetArn'] ?? input['ResourceArn']);
  const set = outside.sets.get(arn);
  const policies = (names: readonly string[] = []) =>
    names.map((Name) => ({ Name, Arn: `arn:aws:iam::aws:policy/${Name}` }));
  switch (target) {
    case 'SWBExternalService.ListInstances':
      return { Instances: region === 'eu-west-1' ? [outside.instance] : [] };
    case 'SWBExternalService.ListPermissionSets':
      return page(input, 'NextToken', 'PermissionSets', [...outside.sets.keys()]);
    case 'SWBExternalService.DescribePermissionSet':
      return {
        PermissionSet: { PermissionSetArn: arn, Name: set?.name, CreatedDate: 1_735_689_600, SessionDuration: 'PT1H' },
      };
    case 'SWBExternalService.ListManagedPoliciesInPermissionSet':
      return page(input, 'NextToken', 'AttachedManagedPolicies', policies(set?.managed));
    case 'SWBExternalService.ListCustomerManagedPolicyReferencesInPermissionSet':
      return page(input, 'NextToken', 'CustomerManagedPolicyReferences', policies(set?.own));
    case 'SWBExternalService.GetInlinePolicyForPermissionSet':
      return { InlinePolicy: set?.inline ?? '' };
    case 'SWBExternalService.ListAccountsForProvisionedPermissionSet':
      return page(input, 'NextToken', 'AccountIds', set?.accounts ?? []);
    case 'SWBExternalService.ListAccountAssignments':
      return page(input, 'NextToken', 'AccountAssignments', outside.assignments[set?.name ?? ''] ?? []);
    case 'SWBExternalService.ListTagsForResource':
      return { Tags: set?.name === 'Developers' ? [{ Key: 'owner', Value: 'dora@acme.example' }] : [] };
    case 'AWSIdentityStore.ListUsers':
      return page(input, 'NextToken', 'Users', outside.storeUsers);
    default:
      return { refused: 'AccessDeniedException' };
  }
}

/** https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
function restAnswer(request: VendorRequest): VendorAnswer | undefined {
  const lists = {
    '/trustanchors': ['trustAnchors', outside.trustAnchors],
    '/profiles': ['profiles', outside.profiles],
    '/subjects': ['subjects', outside.subjects],
  } as const;
  const known = lists[request.path as keyof typeof lists];
  if (known === undefined) return undefined;
  const [list, elements] = known;
  if (signedBy(request) !== session.id)
    return { status: 403, headers: { 'x-amzn-errortype': 'UnrecognizedClientException' }, json: { message: 'no' } };
  const all = regionOf(request) === 'eu-west-1' ? elements : [];
  return { json: page(Object.fromEntries(request.query), 'nextToken', list, all) };
}

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
function queryAnswer(request: VendorRequest): VendorAnswer {
  const form = Object.fromEntries(new URLSearchParams(request.body));
  const action = form['Action'] ?? '';
  const allowed = action === 'AssumeRole' ? own.id : session.id;
  const answered = signedBy(request) === allowed ? account(action, form) : { refused: 'InvalidClientTokenId' };
  const headers = { 'content-type': 'text/xml' };
  if ('refused' in answered) {
    const error = { Type: 'Sender', Code: answered.refused, Message: 'no' };
    return { status: 403, headers, text: xml({ ErrorResponse: { Error: error, RequestId: 'r' } }) };
  }
  const result = { [`${action}Result`]: answered, ResponseMetadata: { RequestId: 'r' } };
  return { headers, text: xml({ [`${action}Response`]: result }) };
}

function account(action: string, form: Readonly<Record<string, string>>): Answered {
  const user = form['UserName'] ?? '';
  const listed = (name: string, all: readonly object[] = []): object => ({ [name]: all, IsTruncated: false });
  switch (action) {
    case 'GetCallerIdentity':
      return { Account: iam.accountId, Arn: `${role.arn}/rollcall`, UserId: 'rollcall' };
    case 'AssumeRole':
      if (form['ExternalId'] !== role.externalId) return { refused: 'AccessDenied' };
      return {
        Credentials: {
          AccessKeyId: session.id,
          SecretAccessKey: session.secret,
          SessionToken: session.token,
          Expiration: '2099-01-01T00:00:00Z',
        },
      };
    case 'GetAccountAuthorizationDetails':
      return details(form);
    case 'GenerateCredentialReport':
      return { State: 'STARTED' };
    case 'GetCredentialReport':
      return { Content: Buffer.from(iam.report).toString('base64'), ReportFormat: 'text/csv' };
    case 'ListAccessKeys':
      return listed(
        'AccessKeyMetadata',
        iam.accessKeys.get(user)?.map(({ lastUsed: _lastUsed, ...key }) => key),
      );
    case 'GetAccessKeyLastUsed': {
      const key = [...iam.accessKeys.values()].flat().find((each) => each.AccessKeyId === form['AccessKeyId']);
      const used = key?.lastUsed === undefined ? {} : { LastUsedDate: key.lastUsed };
      return { UserName: key?.UserName, AccessKeyLastUsed: { ...used, ServiceName: 'N/A', Region: 'N/A' } };
    }
    case 'ListServiceSpecificCredentials':
      return listed('ServiceSpecificCredentials', iam.serviceCredentials.get(user));
    case 'ListSSHPublicKeys':
      return listed('SSHPublicKeys', iam.sshKeys.get(user));
    case 'ListSigningCertificates': {
      const uploaded = {
        UserName: user,
        CertificateId: 'RELAY1',
        Status: 'Active',
        UploadDate: '2026-05-01T00:00:00Z',
      };
      return listed('Certificates', user === 'relay' ? [{ ...uploaded, CertificateBody: certificate }] : []);
    }
    case 'ListServerCertificates':
      return listed('ServerCertificateMetadataList', iam.serverCertificates);
    case 'ListOpenIDConnectProviders':
      return { OpenIDConnectProviderList: iam.oidcProviders };
    case 'ListSAMLProviders':
      return { SAMLProviderList: iam.samlProviders };
    default:
      return { refused: 'AccessDenied' };
  }
}

function details(form: Readonly<Record<string, string>>): object {
  switch (form['Filter.member.1']) {
    case 'User':
      return page(form, 'Marker', 'UserDetailList', iam.users);
    case 'Role':
      return page(form, 'Marker', 'RoleDetailList', iam.roles);
    default:
      return { GroupDetailList: iam.groups, Policies: iam.policies, IsTruncated: false };
  }
}

function page(input: Input, cursor: string, name: string, all: readonly unknown[]): object {
  const from = Number(input[cursor] ?? 0);
  const next = from + PAGE;
  const more = next < all.length;
  return {
    [name]: all.slice(from, next),
    ...(cursor === 'Marker' && { IsTruncated: more }),
    ...(more && { [cursor]: String(next) }),
  };
}

/** `Credential=ID/DATE/REGION/SERVICE/aws4_request`; the signature itself is not looked at. */
function signedBy({ headers }: VendorRequest): string | undefined {
  const token = headers.get('x-amz-security-token');
  const id = scopeOf(headers)[0];
  return id === session.id && token !== session.token ? undefined : id;
}

function regionOf({ headers }: VendorRequest): string {
  return scopeOf(headers)[2] ?? '';
}

function scopeOf(headers: Headers): string[] {
  return /Credential=([^,]+)/.exec(headers.get('authorization') ?? '')?.[1]?.split('/') ?? [];
}

/** Lists become `member` elements. */
function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => `<member>${xml(each)}</member>`).join('');
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return entries.map(([key, each]) => `<${key}>${xml(each)}</${key}>`).join('');
  }
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
