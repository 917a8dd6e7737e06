import {
  credential,
  type Attribution,
  type Audience,
  type Content,
  type Credential,
  type Gap,
  type Instant,
  type Item,
} from '../../sdk/index.ts';
import type { TagsTell } from '../resource-tags.ts';
import { inAccount } from './arn.ts';

/** A secret as Secrets Manager lists it: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html */
export interface ListedSecret {
  ARN: string;
  Name: string;
  Type?: string | undefined;
  RotationEnabled?: boolean | null | undefined;
  RotationLambdaARN?: string | undefined;
  LastChangedDate?: Instant | undefined;
  LastAccessedDate?: Instant | undefined;
  DeletedDate?: Instant | undefined;
  NextRotationDate?: Instant | undefined;
  CreatedDate?: Instant | undefined;
  OwningService?: string | undefined;
  PrimaryRegion?: string | undefined;
}

/** What the list does not say of a secret, or says in words of people. */
export interface AboutSecret {
  region: string;
  told: TagsTell & { contents?: readonly Content[] };
  maker?: Attribution | undefined;
  lastRotatedAt?: Instant | undefined;
  rotationFailing?: boolean | undefined;
  sharedWith?: Audience | undefined;
  gaps: { readonly [field: string]: Gap };
}

/** A secret of Secrets Manager, without its value. */
export function secretRecord(entry: ListedSecret, about: AboutSecret): Item<'credential'> {
  const { told, region } = about;
  const replica = entry.PrimaryRegion !== undefined && entry.PrimaryRegion !== region;
  const kept = isKeptByService(entry);
  const marks = [
    ...(replica ? [`replica of ${entry.PrimaryRegion}`] : []),
    ...(entry.OwningService === undefined ? [] : [`managed by ${entry.OwningService}`]),
    ...(entry.Type === undefined ? [] : [`held by ${entry.Type}`]),
  ];
  return credential({
    ...told,
    id: idOf(entry.ARN, region),
    name: entry.Name,
    type: 'vault-entry',
    store: 'vault',
    platform: 'aws',
    status: entry.DeletedDate === undefined ? 'active' : 'inactive',
    builtIn: kept || undefined,
    createdAt: entry.CreatedDate,
    updatedAt: entry.LastChangedDate,
    // "This field is omitted if the secret has never been retrieved in the Region".
    lastUsedAt: entry.LastAccessedDate ?? 'never',
    lastRotatedAt: about.lastRotatedAt,
    rotation: rotationOf(entry),
    nextRotationAt: entry.NextRotationDate,
    rotationFailing: about.rotationFailing,
    deletionAt: entry.DeletedDate,
    retrievable: true,
    sharedWith: about.sharedWith,
    tags: [...told.tags, ...marks],
    // Whoever made the database did not make its password.
    attributions: [...told.attributions, kept ? undefined : about.maker],
    // Its name is a path, and often says of which environment it is.
    at: { path: entry.Name },
    links: [inAccount(entry.ARN)],
    gaps: { expiresAt: 'not-supported', scopes: 'not-supported', admin: 'not-supported', ...about.gaps },
  });
}

/**
 * A service of AWS made it and replaces it, without a function of ours:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_managed.html
 */
function isKeptByService({ OwningService: service, RotationEnabled: rotates, RotationLambdaARN: by }: ListedSecret) {
  return service !== undefined && rotates === true && by === undefined;
}

/** What people gave to a service, the key of an EventBridge connection say, is replaced there and by hand. */
function rotationOf({ OwningService: service, RotationEnabled: rotates }: ListedSecret): Credential['rotation'] {
  return rotates === true ? 'automatic' : service === undefined ? 'off' : 'manual';
}

/** The ARN without what all share: `secret:` before a name would make it look like one. */
function idOf(arn: string, region: string): string {
  return `${region}/${arn.slice(arn.indexOf(':secret:') + ':secret:'.length)}`;
}
