import type { z } from 'zod';
import {
  attributed,
  credential,
  instant,
  pagesOf,
  type Instant,
  type Item,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { inAccount } from '../../src/formats/aws/arn.ts';
import type { AwsConfig } from './config.ts';
import { creatorsNeed, creatorsOf, type Creators } from './creators.ts';
import { describeParameters, lookupEvents, parameterTags, permissionOf, takeRole, tokens } from './operations.ts';
import { mapped, unlessGone } from './pages.ts';
import { perRegion } from './regions.ts';
import type { Parameter } from './schema.ts';
import { personIn, toldBy, whoIs } from './tags.ts';

type Entry = z.output<typeof Parameter>;

const secretName =
  /(?:pass(?:word|wd|phrase)?|secret|token|credential|(?:api|access|private|signing|encryption|auth)[-_.]?key|connection[-_.]?string)s?(?:$|[^a-z])/i;
const harmlessName = /(?:arn|name|id|url|uri|type|expir\w{0,6}|ttl|length|rotation|path)$/i;

export const parameters: Stream<AwsConfig> = {
  title: 'Parameters of Systems Manager that hold secrets, without their values',
  emits: ['credential'],
  operations: [describeParameters, parameterTags, lookupEvents, takeRole],
  requires: [
    { scope: permissionOf(describeParameters), why: 'it lists the parameters with dates and who changed them last' },
    { scope: permissionOf(parameterTags), why: 'tags name owners' },
    creatorsNeed,
  ],
  absence: 'means-gone',
  pages: (ctx) =>
    perRegion(ctx, async function* (here, region) {
      const creators = await creatorsOf(here, region, 'PutParameter');
      const pages = pagesOf(here, describeParameters, {
        ask: { query: { MaxResults: 50 } },
        paging: tokens,
        elements: (body) => body.Parameters,
      });
      for await (const page of pages)
        yield mapped(here, page, (entry) =>
          unlessGone(here, entry.Name, () => parameterOf(entry, region, here, creators)),
        );
    }),
};

/** Encrypted ones, and plain ones whose name says that they hold a secret; other settings are no credentials. */
async function parameterOf(
  entry: Entry,
  region: string,
  ctx: StreamContext<AwsConfig>,
  creators: Creators,
): Promise<Item | []> {
  const encrypted = entry.Type === 'SecureString';
  if (!encrypted && !soundsSecret(entry.Name)) return [];
  const query = { ResourceType: 'Parameter', ResourceId: entry.Name };
  const { body } = await ctx.http.read(parameterTags, { query });
  const told = toldBy(body.TagList, ctx.config.ownerTags, entry.Description);
  const { LastModifiedDate: at } = entry;
  const editor = attributed('edited-by', editorIn(entry.LastModifiedUser), 'editor-field', {
    at,
    evidence: 'LastModifiedUser',
  });
  return credential({
    ...told,
    id: entry.ARN ?? `${region}:${entry.Name}`,
    name: entry.Name,
    type: 'vault-entry',
    store: encrypted ? 'vault' : 'plaintext',
    platform: 'aws',
    status: 'active',
    updatedAt: at,
    // Every change of a parameter is a new version of its value.
    lastRotatedAt: at,
    rotation: 'manual',
    deletionAt: expiryOf(entry),
    retrievable: true,
    attributions: [...told.attributions, creators([entry.Name], undefined), editor],
    at: { path: entry.Name },
    links: entry.ARN === undefined ? [] : [inAccount(entry.ARN)],
    gaps: {
      createdAt: 'not-supported',
      expiresAt: 'not-supported',
      lastUsedAt: 'not-supported',
      scopes: 'not-supported',
      admin: 'not-supported',
      sharedWith: 'not-supported',
    },
  });
}

/** A user may be anybody; a session that is no known person's is named by a program. */
function editorIn(arn: string | undefined): ReturnType<typeof whoIs> {
  return /:assumed-role\//.test(arn ?? '') ? personIn(arn) : whoIs(arn);
}

/** Does a setting's name say that it holds a secret? `/shop/stripe/api-key` does, `/shop/token-url` does not. */
export function soundsSecret(name: string): boolean {
  const last = name.split('/').findLast((part) => part !== '') ?? name;
  return secretName.test(last.replaceAll(/([a-z])([A-Z])/g, '$1-$2')) && !harmlessName.test(last);
}

/** An expiration policy deletes the parameter: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html */
function expiryOf({ Policies }: Entry): Instant | undefined {
  const text = Policies.find(({ PolicyType }) => PolicyType === 'Expiration')?.PolicyText;
  return instant(/"Timestamp"\s*:\s*"([^"]+)"/.exec(text ?? '')?.[1]);
}
