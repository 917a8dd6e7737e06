import type { z } from 'zod';
import {
  credential,
  DAY,
  fitting,
  pagesOf,
  type Audience,
  type Credential,
  type Gap,
  type Instant,
  type Item,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { accountOf, inAccount } from '../../src/formats/aws/arn.ts';
import type { AwsConfig } from './config.ts';
import { creatorsNeed, creatorsOf, type Creators } from './creators.ts';
import {
  listSecrets,
  listSecretVersions,
  lookupEvents,
  permissionOf,
  secretPolicy,
  takeRole,
  tokens,
} from './operations.ts';
import { mapped, wholeList } from './pages.ts';
import { audienceOf, statementsOf } from './policy.ts';
import { refusable, type Refusable } from './refusable.ts';
import { perRegion } from './regions.ts';
import type { SecretEntry, SecretVersions } from './schema.ts';
import { toldBy } from './tags.ts';

type Context = StreamContext<AwsConfig>;
type Entry = z.output<typeof SecretEntry>;
type Version = z.output<typeof SecretVersions>['Versions'][number];

/** A rotation that still hangs after this long has not worked. */
const ROTATION_TAKES = DAY;

export const secrets: Stream<AwsConfig> = {
  title: 'Secrets of Secrets Manager, without their values',
  emits: ['credential'],
  operations: [listSecrets, listSecretVersions, secretPolicy, lookupEvents, takeRole],
  requires: [
    { scope: permissionOf(listSecrets), why: 'it lists the secrets with rotation, dates and tags' },
    { scope: permissionOf(listSecretVersions), why: 'it tells when the value was last replaced' },
    { scope: permissionOf(secretPolicy), why: 'it tells who outside of the account may read them' },
    creatorsNeed,
  ],
  absence: 'means-gone',
  pages: (ctx) =>
    perRegion(ctx, async function* (here, region) {
      const creators = await creatorsOf(here, region, 'CreateSecret');
      // Secrets that are about to be deleted are left out unless they are asked for.
      const query = { IncludePlannedDeletion: true, MaxResults: 100 };
      const pages = pagesOf(here, listSecrets, { ask: { query }, paging: tokens, elements: (body) => body.SecretList });
      for await (const page of pages) {
        const versions = refusable((id) => versionsOf(id, here));
        const sharing = refusable((id) => sharingOf(id, here));
        const read = await mapped(here, page, (entry) =>
          secretOf(entry, region, here, { versions, sharing, creators }),
        );
        versions.throwIfAllRefused();
        sharing.throwIfAllRefused();
        yield read;
      }
    }),
};

interface Details {
  versions: Refusable<readonly Version[]>;
  sharing: Refusable<Audience | Gap>;
  creators: Creators;
}

async function secretOf(entry: Entry, region: string, ctx: Context, details: Details): Promise<Item> {
  const { ARN: arn, DeletedDate: deletionAt } = entry;
  const doomed = deletionAt !== undefined;
  const versions = doomed ? 'not-seen' : await details.versions.of(arn);
  const sharedWith = doomed ? 'not-seen' : await details.sharing.of(arn);
  const replica = entry.PrimaryRegion !== undefined && entry.PrimaryRegion !== region;
  const told = toldBy(entry.Tags, ctx.config.ownerTags, entry.Description);
  const kept = isKeptByService(entry);
  const marks = [
    ...(replica ? [`replica of ${entry.PrimaryRegion}`] : []),
    ...(entry.OwningService === undefined ? [] : [`managed by ${entry.OwningService}`]),
    ...(entry.Type === undefined ? [] : [`held by ${entry.Type}`]),
  ];
  return credential({
    ...told,
    id: idOf(arn, region),
    name: entry.Name,
    type: 'vault-entry',
    store: 'vault',
    platform: 'aws',
    status: doomed ? 'inactive' : 'active',
    builtIn: kept || undefined,
    createdAt: entry.CreatedDate,
    updatedAt: entry.LastChangedDate,
    // "This field is omitted if the secret has never been retrieved in the Region":
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html
    lastUsedAt: entry.LastAccessedDate ?? 'never',
    lastRotatedAt: typeof versions === 'string' ? entry.LastRotatedDate : lastReplaced(versions),
    rotation: rotationOf(entry),
    nextRotationAt: entry.NextRotationDate,
    rotationFailing: typeof versions === 'string' ? undefined : hangs(versions, ctx.now),
    deletionAt,
    retrievable: true,
    sharedWith: typeof sharedWith === 'string' ? undefined : sharedWith,
    tags: [...told.tags, ...marks],
    // Whoever made the database did not make its password.
    attributions: [...told.attributions, kept ? undefined : details.creators([entry.Name], entry.CreatedDate)],
    // Its name is a path, and often says of which environment it is.
    at: { path: entry.Name },
    links: [inAccount(arn)],
    gaps: {
      expiresAt: 'not-supported',
      scopes: 'not-supported',
      admin: 'not-supported',
      ...(typeof versions === 'string' && { rotationFailing: versions }),
      ...(typeof sharedWith === 'string' && { sharedWith }),
    },
  });
}

/**
 * A service of AWS made it and replaces it, without a function of ours:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_managed.html
 */
function isKeptByService({ OwningService: service, RotationEnabled: rotates, RotationLambdaARN: by }: Entry): boolean {
  return service !== undefined && rotates === true && by === undefined;
}

/** What people gave to a service, the key of an EventBridge connection say, is replaced there and by hand. */
function rotationOf({ OwningService: service, RotationEnabled: rotates }: Entry): Credential['rotation'] {
  return rotates === true ? 'automatic' : service === undefined ? 'off' : 'manual';
}

/** The ARN without what all share: `secret:` before a name would make it look like one. */
function idOf(arn: string, region: string): string {
  return `${region}/${arn.slice(arn.indexOf(':secret:') + ':secret:'.length)}`;
}

async function versionsOf(SecretId: string, ctx: Context): Promise<readonly Version[]> {
  const ask = { query: { SecretId, MaxResults: 100 } };
  return fitting(
    ctx,
    await wholeList(ctx, listSecretVersions, { ask, paging: tokens, elements: (body) => body.Versions }),
  );
}

async function sharingOf(SecretId: string, ctx: Context): Promise<Audience | Gap> {
  const { body } = await ctx.http.read(secretPolicy, { query: { SecretId } });
  if (body.ResourcePolicy === undefined) return { reach: 'private' };
  const statements = statementsOf(body.ResourcePolicy);
  return statements === undefined ? 'not-seen' : audienceOf(statements, accountOf(SecretId));
}

/** When the value that is in use now came in. */
function lastReplaced(versions: readonly Version[]): Instant | undefined {
  return staged(versions, 'AWSCURRENT')?.CreatedDate;
}

/**
 * A version that waits to become the current one for long is a rotation that did not finish:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot_rotation.html
 */
function hangs(versions: readonly Version[], now: Instant): boolean {
  const pending = staged(versions, 'AWSPENDING');
  if (pending === undefined || pending === staged(versions, 'AWSCURRENT')) return false;
  return pending.CreatedDate !== undefined && now - pending.CreatedDate > ROTATION_TAKES;
}

function staged(versions: readonly Version[], stage: string): Version | undefined {
  return versions.find(({ VersionStages }) => VersionStages?.includes(stage) === true);
}
