import { z } from 'zod';
import { secret } from '../../src/sdk/index.ts';

const regionName = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const address = z
  .string()
  .refine((text) => URL.canParse(inRegion(text, 'eu-west-1')), 'write an address; {region} stands for the region');

export const awsConfig = z.strictObject({
  /** Secrets and parameters are kept by region: what is in a region that is not named here is not seen. */
  regions: z.array(z.string().regex(regionName, 'write a region as eu-west-1')).min(1),
  /** Without it, whatever the AWS SDK finds: variables, profile, web identity, container or instance role. */
  accessKey: z.strictObject({ id: secret(), secret: secret(), sessionToken: secret().optional() }).optional(),
  /** A profile of ~/.aws instead of the default one. */
  profile: z.string().min(1).optional(),
  /** A role to take on before anything is read, in this account or another. */
  role: z
    .strictObject({ arn: z.string().regex(/^arn:aws[\w-]*:iam::\d{12}:role\/./), externalId: z.string().optional() })
    .optional(),
  /** Other tags, besides the usual ones, that name an owner. */
  ownerTags: z.array(z.string().min(1)).default([]),
  /** Looks in CloudTrail's event history who made users, keys, roles, secrets and certificates. */
  eventHistory: z.boolean().default(true),
  /** Asks whether a trail of CloudTrail keeps what happens in the account for longer than the event history does. */
  trails: z.boolean().default(true),
  /** Other addresses than AWS's usual ones: FIPS, VPC endpoints, a test server. */
  endpoints: z
    .strictObject({
      sts: address.optional(),
      iam: address.optional(),
      secretsmanager: address.optional(),
      ssm: address.optional(),
      acm: address.optional(),
      cloudtrail: address.optional(),
      sso: address.optional(),
      identitystore: address.optional(),
      rolesanywhere: address.optional(),
    })
    .default({}),
});
export type AwsConfig = z.output<typeof awsConfig>;

/** Asked in every configured region; `sso` and `identitystore` are the two halves of IAM Identity Center. */
const regional = ['secretsmanager', 'ssm', 'acm', 'cloudtrail', 'sso', 'identitystore', 'rolesanywhere'] as const;
export type Service = 'sts' | 'iam' | (typeof regional)[number];

/** Where a service answers, and the region that its requests are signed for. */
export interface Place {
  endpoint: string;
  region: string;
}

/** IAM has one address a partition: https://docs.aws.amazon.com/general/latest/gr/iam-service.html */
const iamPlaces = {
  aws: { endpoint: 'https://iam.amazonaws.com', region: 'us-east-1' },
  cn: { endpoint: 'https://iam.cn-north-1.amazonaws.com.cn', region: 'cn-north-1' },
  'us-gov': { endpoint: 'https://iam.us-gov.amazonaws.com', region: 'us-gov-west-1' },
} as const;

/** Where a service is asked about a region. */
export function placeOf(service: Service, region: string, { endpoints }: Pick<AwsConfig, 'endpoints'>): Place {
  const partition = region.startsWith('cn-') ? 'cn' : region.startsWith('us-gov-') ? 'us-gov' : 'aws';
  const suffix = partition === 'cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const usual =
    service === 'iam' ? iamPlaces[partition] : { endpoint: `https://${service}.{region}.${suffix}`, region };
  return { ...usual, endpoint: inRegion(endpoints[service] ?? usual.endpoint, region) };
}

function inRegion(template: string, region: string): string {
  return template.replaceAll('{region}', region);
}

/** Where IAM is, and with it the history of what was done there. */
export function homeOfIam(config: Pick<AwsConfig, 'regions' | 'endpoints'>): string {
  return placeOf('iam', firstRegion(config), config).region;
}

/** IAM and STS know one account; the other services are asked in each region. */
export function firstRegion({ regions }: Pick<AwsConfig, 'regions'>): string {
  const [first] = regions;
  if (first === undefined) throw new Error('a source without regions');
  return first;
}

/** Every address that this source may ask, by service and region. */
export function originsOf(config: AwsConfig): { api: string; [name: string]: string } {
  const home = firstRegion(config);
  const at = (service: Service, region: string) => [`${service}/${region}`, placeOf(service, region, config).endpoint];
  return {
    api: placeOf('sts', home, config).endpoint,
    iam: placeOf('iam', home, config).endpoint,
    ...Object.fromEntries(config.regions.flatMap((region) => regional.map((service) => at(service, region)))),
    ...Object.fromEntries([at('cloudtrail', homeOfIam(config))]),
  };
}
