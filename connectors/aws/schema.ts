import { z } from 'zod';
import { listOf, time } from '../../src/sdk/index.ts';

/** The SDK has made dates of times. */
export const when = () => z.preprocess((value) => (value instanceof Date ? value.toISOString() : value), time());
export const text = () =>
  z
    .string()
    .nullish()
    .transform((value) => value ?? undefined);
/** The SDK leaves an empty list out. */
export const list = <S extends z.ZodType>(element: S) =>
  listOf(element)
    .nullish()
    .transform((value) => value ?? []);

export const Tags = list(z.object({ Key: text(), Value: text() }));
const page = { IsTruncated: z.boolean().optional(), Marker: text() };

export const Nothing = z.object({});
export const Caller = z.object({ Account: z.string(), Arn: z.string(), UserId: z.string() });

const Attached = list(z.object({ PolicyName: text(), PolicyArn: z.string() }));
/** An inline policy; its document is JSON, percent-encoded. */
const Inline = list(z.object({ PolicyName: z.string(), PolicyDocument: text() }));
const Principal = z.object({
  Arn: z.string(),
  Path: text(),
  CreateDate: when(),
  AttachedManagedPolicies: Attached,
  PermissionsBoundary: z.object({ PermissionsBoundaryArn: text() }).nullish(),
  Tags,
});
export const UserDetail = Principal.extend({
  UserName: z.string(),
  UserId: z.string(),
  UserPolicyList: Inline,
  GroupList: z.array(z.string()).nullish(),
});
export const GroupDetail = z.object({
  GroupName: z.string(),
  GroupPolicyList: Inline,
  AttachedManagedPolicies: Attached,
});
export const RoleDetail = Principal.extend({
  RoleName: z.string(),
  RoleId: z.string(),
  AssumeRolePolicyDocument: text(),
  RolePolicyList: Inline,
  RoleLastUsed: z.object({ LastUsedDate: when() }).nullish(),
});
export const ManagedPolicy = z.object({
  Arn: z.string(),
  PolicyVersionList: list(z.object({ Document: text(), IsDefaultVersion: z.boolean().nullish() })),
});
export const AuthorizationDetails = z.object({
  ...page,
  UserDetailList: list(UserDetail),
  GroupDetailList: list(GroupDetail),
  RoleDetailList: list(RoleDetail),
  Policies: list(ManagedPolicy),
});

export const Report = z.object({
  /** CSV: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
  Content: z.union([z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString('utf8')), z.string()]),
});

const status = z.string();
export const AccessKeys = z.object({
  ...page,
  AccessKeyMetadata: list(z.object({ AccessKeyId: z.string(), Status: status, CreateDate: when() })),
});
export const AccessKeyLastUsed = z.object({
  AccessKeyLastUsed: z.object({ LastUsedDate: when(), ServiceName: text(), Region: text() }).nullish(),
});
export const ServiceCredentials = z.object({
  ...page,
  ServiceSpecificCredentials: list(
    z.object({
      ServiceSpecificCredentialId: z.string(),
      ServiceName: z.string(),
      Status: status,
      CreateDate: when(),
      ExpirationDate: when(),
    }),
  ),
});
export const SshKeys = z.object({
  ...page,
  SSHPublicKeys: list(z.object({ SSHPublicKeyId: z.string(), Status: status, UploadDate: when() })),
});
export const SigningCertificates = z.object({
  ...page,
  Certificates: list(
    z.object({ CertificateId: z.string(), CertificateBody: text(), Status: status, UploadDate: when() }),
  ),
});
export const ServerCertificates = z.object({
  ...page,
  ServerCertificateMetadataList: list(
    z.object({
      ServerCertificateId: z.string(),
      ServerCertificateName: z.string(),
      Arn: z.string(),
      UploadDate: when(),
      Expiration: when(),
    }),
  ),
});
export const OidcProviders = z.object({ OpenIDConnectProviderList: list(z.object({ Arn: z.string() })) });
export const SamlProviders = z.object({
  SAMLProviderList: list(z.object({ Arn: z.string(), CreateDate: when(), ValidUntil: when() })),
});

export const SecretEntry = z.object({
  ARN: z.string(),
  Name: z.string(),
  Type: text(),
  Description: text(),
  RotationEnabled: z.boolean().nullish(),
  RotationLambdaARN: text(),
  LastRotatedDate: when(),
  LastChangedDate: when(),
  LastAccessedDate: when(),
  DeletedDate: when(),
  NextRotationDate: when(),
  CreatedDate: when(),
  OwningService: text(),
  PrimaryRegion: text(),
  Tags,
});
export const Secrets = z.object({ NextToken: text(), SecretList: list(SecretEntry) });
export const SecretVersions = z.object({
  NextToken: text(),
  Versions: list(z.object({ VersionStages: z.array(z.string()).nullish(), CreatedDate: when() })),
});
export const SecretPolicy = z.object({ ResourcePolicy: text() });

export const Parameter = z.object({
  Name: z.string(),
  ARN: text(),
  Type: text(),
  Description: text(),
  LastModifiedDate: when(),
  LastModifiedUser: text(),
  Policies: list(z.object({ PolicyType: text(), PolicyText: text() })),
});
export const Parameters = z.object({ NextToken: text(), Parameters: list(Parameter) });
export const ParameterTags = z.object({ TagList: Tags });
