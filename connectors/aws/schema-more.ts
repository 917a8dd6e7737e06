import { z } from 'zod';
import { listOf } from '../../src/sdk/index.ts';
import { list, Tags, text, when } from './schema.ts';

/** The words of an event, a text of JSON: who did it, to what, and whether it worked. */
const Told = z.object({
  errorCode: text(),
  userIdentity: z
    .object({
      type: text(),
      principalId: text(),
      arn: text(),
      onBehalfOf: z.object({ userId: text() }).nullish(),
      sessionContext: z.object({ attributes: z.object({ mfaAuthenticated: text() }).nullish() }).nullish(),
    })
    .nullish(),
  sessionCredentialFromConsole: text(),
  requestParameters: z
    .object({
      name: text(),
      userName: text(),
      roleName: text(),
      /** Of a certificate that is imported in the place of another one. */
      certificateArn: text(),
    })
    .nullish(),
  responseElements: z
    .object({
      /** Of a parameter: whoever wrote its first version made it. */
      version: z.number().nullish(),
      accessKey: z.object({ accessKeyId: text() }).nullish(),
      certificateArn: text(),
    })
    .nullish(),
});
export type Told = z.output<typeof Told>;
/** Undefined for words that nobody can read. */
function told(words: string | undefined): Told | undefined {
  try {
    return Told.parse(JSON.parse(words ?? ''));
  } catch {
    return undefined;
  }
}
const Event = z.object({ EventTime: when(), CloudTrailEvent: text().transform(told) });
export const Events = z.object({ NextToken: text(), Events: list(Event) });

/** Few, and all of them matter: one that cannot be understood leaves the question open. */
const few = <S extends z.ZodType>(element: S) =>
  z
    .array(element)
    .nullish()
    .transform((value) => value ?? []);
export const Trails = z.object({
  trailList: few(
    z.object({
      TrailARN: z.string(),
      HomeRegion: text(),
      IsMultiRegionTrail: z.boolean().nullish(),
      HasCustomEventSelectors: z.boolean().nullish(),
    }),
  ),
});
export const TrailStatus = z.object({ IsLogging: z.boolean().nullish() });
export const EventSelectors = z.object({
  EventSelectors: few(z.object({ ReadWriteType: text(), IncludeManagementEvents: z.boolean().nullish() })),
  AdvancedEventSelectors: few(
    z.object({ FieldSelectors: few(z.object({ Field: z.string(), Equals: z.array(z.string()).nullish() })) }),
  ),
});

export const Tagged = z.object({ Tags });
export const Certificate = z.object({
  CertificateArn: z.string(),
  DomainName: text(),
  Status: text(),
  Type: text(),
  CreatedAt: when(),
  ImportedAt: when(),
  NotAfter: when(),
});
export const Certificates = z.object({ NextToken: text(), CertificateSummaryList: list(Certificate) });
export const CertificateDetail = z.object({
  Certificate: z
    .object({
      KeyAlgorithm: text(),
      SignatureAlgorithm: text(),
      IssuedAt: when(),
      InUseBy: listOf(z.string()).nullish(),
      RenewalEligibility: text(),
      RenewalSummary: z.object({ RenewalStatus: text() }).nullish(),
    })
    .nullish(),
});

export const Instances = z.object({
  NextToken: text(),
  Instances: list(
    z.object({ InstanceArn: z.string(), IdentityStoreId: text(), OwnerAccountId: text(), PrimaryRegion: text() }),
  ),
});
export const PermissionSets = z.object({ NextToken: text(), PermissionSets: list(z.string()) });
export const PermissionSet = z.object({
  PermissionSet: z.object({ Name: text(), Description: text(), CreatedDate: when() }).nullish(),
});
export const ManagedPolicies = z.object({
  NextToken: text(),
  AttachedManagedPolicies: list(z.object({ Name: text(), Arn: z.string() })),
});
/** By name alone: the policy is in each account. */
export const PolicyReferences = z.object({
  NextToken: text(),
  CustomerManagedPolicyReferences: list(z.object({ Name: text() })),
});
export const InlinePolicy = z.object({ InlinePolicy: text() });
export const Accounts = z.object({ NextToken: text(), AccountIds: list(z.string()) });
export const Assignments = z.object({
  NextToken: text(),
  AccountAssignments: list(z.object({ PrincipalType: text(), PrincipalId: z.string() })),
});

export const StoreUser = z.object({
  UserId: z.string(),
  UserName: text(),
  DisplayName: text(),
  Name: z.object({ GivenName: text(), FamilyName: text() }).nullish(),
  Emails: list(z.object({ Value: text() })),
  UserStatus: text(),
  CreatedAt: when(),
});
export const StoreUsers = z.object({ NextToken: text(), Users: list(StoreUser) });

const dated = { createdAt: when(), updatedAt: when() };
export const TrustAnchors = z.object({
  nextToken: text(),
  trustAnchors: listOf(
    z.object({
      trustAnchorId: z.string(),
      trustAnchorArn: z.string(),
      name: text(),
      enabled: z.boolean().nullish(),
      source: z
        .object({ sourceType: text(), sourceData: z.object({ x509CertificateData: text() }).nullish() })
        .nullish(),
      ...dated,
    }),
  ).nullish(),
});
export const Profiles = z.object({
  nextToken: text(),
  profiles: listOf(
    z.object({
      profileId: z.string(),
      profileArn: z.string(),
      name: text(),
      enabled: z.boolean().nullish(),
      /** The ARN of whoever made it, which AWS's own description calls an account. */
      createdBy: text(),
      roleArns: z.array(z.string()).nullish(),
      ...dated,
    }),
  ).nullish(),
});
/** A certificate that was used. */
export const Subjects = z.object({
  nextToken: text(),
  subjects: listOf(
    z.object({
      subjectArn: z.string(),
      subjectId: z.string(),
      x509Subject: text(),
      enabled: z.boolean().nullish(),
      lastSeenAt: when(),
      ...dated,
    }),
  ).nullish(),
});
