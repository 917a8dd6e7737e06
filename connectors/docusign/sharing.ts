import { z } from 'zod';
import {
  fitting,
  ifAllowed,
  link,
  listOf,
  operation,
  pagesOf,
  type Audience,
  type Link,
  type StreamContext,
} from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { count, listed, place, positions } from './words.ts';

const How = z.string().nullish();
const User = z.object({ shared: How, user: z.object({ userId: z.string().min(1) }).nullish() });
const Group = z.object({
  shared: How,
  group: z
    .object({
      groupId: z.string().min(1),
      groupName: z.string().nullish(),
      groupType: z.string().nullish(),
      usersCount: count(),
    })
    .nullish(),
});
type Group = NonNullable<z.output<typeof Group>['group']>;

/** Hashes of passwords and activation codes come with the answer; they are not read. */
const Template = z.object({
  templateId: z.string().min(1),
  sharedUsers: z.array(User).nullish(),
  sharedGroups: z.array(Group).nullish(),
});

export const listSharing = operation(
  'GET /v2.1/accounts/{accountId}/shared_access',
  z.object({ sharedAccess: listOf(z.object({ templates: listOf(Template).nullish() })).nullish(), ...place }),
);

/** Who else has a template. */
export interface Sharing {
  audience: Audience;
  links: readonly Link[];
}

/** With whom each template is shared, by its id; undefined where that is not for us to see. */
export async function templateSharing(ctx: StreamContext<Config>): Promise<ReadonlyMap<string, Sharing> | undefined> {
  const { accountId, pageSize } = ctx.config;
  return ifAllowed(ctx, 'with whom templates are shared', async () => {
    const sharing = new Map<string, Sharing>();
    // The page is cut by users, each with the templates that are theirs to share.
    for await (const { elements } of pagesOf({ ...ctx, resume: undefined }, listSharing, {
      ask: { params: { accountId }, query: { item_type: 'templates' } },
      paging: positions(pageSize),
      elements: (body) => listed(body.sharedAccess, body.totalSetSize),
    })) {
      const templates = fitting(ctx, elements).flatMap((user) => user.templates ?? []);
      for (const template of fitting(ctx, templates)) {
        const found = sharingOf(template);
        if (found) sharing.set(template.templateId, found);
      }
    }
    return sharing;
  });
}

function sharingOf({ sharedUsers, sharedGroups }: z.output<typeof Template>): Sharing | undefined {
  const users = (sharedUsers ?? []).filter(isShared).flatMap(({ user }) => user ?? []);
  const groups = (sharedGroups ?? []).filter(isShared).flatMap(({ group }) => group ?? []);
  if (users.length === 0 && groups.length === 0) return undefined;
  // Somebody may be in two groups: it is the most that it can be.
  const most = groups.reduce<number | undefined>(
    (sum, { usersCount }) => (sum === undefined || usersCount === undefined ? undefined : sum + usersCount),
    users.length,
  );
  return {
    audience: {
      reach: groups.some(isEverybody) ? 'everyone' : 'some',
      ...(most !== undefined && { count: most }),
    },
    links: [
      ...users.map(({ userId }) => link('shared-with', 'person', userId)),
      ...groups.map(({ groupId }) => link('shared-with', 'container', `group/${groupId}`)),
    ],
  };
}

function isShared({ shared }: { shared?: string | null | undefined }): boolean {
  return (shared ?? '').startsWith('shared_to');
}

/** Every account has this group, and nobody can rename it: https://developers.docusign.com/docs/admin-api/admin101/concepts/groups */
function isEverybody({ groupName, groupType }: Group): boolean {
  return groupType === 'everyoneGroup' || groupName === 'Everyone';
}
