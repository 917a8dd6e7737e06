import type { z } from 'zod';
import {
  DAY,
  fitting,
  pagesOf,
  type Audience,
  type Gap,
  type Instant,
  type Item,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { accountOf } from '../../src/formats/aws/arn.ts';
import { audienceOf, statementsOf } from '../../src/formats/aws/policy.ts';
import { secretRecord } from '../../src/formats/aws/secret.ts';
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
  const { ARN: arn } = entry;
  const doomed = entry.DeletedDate !== undefined;
  const versions = doomed ? 'not-seen' : await details.versions.of(arn);
  const sharedWith = doomed ? 'not-seen' : await details.sharing.of(arn);
  return secretRecord(entry, {
    region,
    told: toldBy(entry.Tags, ctx.config.ownerTags, entry.Description),
    maker: details.creators([entry.Name], entry.CreatedDate),
    lastRotatedAt: typeof versions === 'string' ? entry.LastRotatedDate : lastReplaced(versions),
    rotationFailing: typeof versions === 'string' ? undefined : hangs(versions, ctx.now),
    sharedWith: typeof sharedWith === 'string' ? undefined : sharedWith,
    gaps: {
      ...(typeof versions === 'string' && { rotationFailing: versions }),
      ...(typeof sharedWith === 'string' && { sharedWith }),
    },
  });
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
