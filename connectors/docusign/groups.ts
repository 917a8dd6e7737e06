import { z } from 'zod';
import {
  attributed,
  container,
  identity,
  listOf,
  operation,
  pagesOf,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';
import { count, flag, listed, moment, place, positions } from './words.ts';

const Group = z.object({ groupId: z.string().min(1), groupName: z.string().nullish() });

const listGroups = operation(
  'GET /v2.1/accounts/{accountId}/groups',
  z.object({ groups: listOf(Group).nullish(), ...place }),
);

export const groups: Stream<Config> = {
  title: 'Groups',
  emits: ['container'],
  operations: [listGroups],
  requires: [{ scope: 'signature', why: 'it lists the groups that rights and templates are given to' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { accountId } = ctx.config;
    for await (const page of pagesOf(ctx, listGroups, {
      ask: { params: { accountId } },
      paging: positions(ctx.config.pageSize),
      elements: (body) => listed(body.groups, body.totalSetSize),
    })) {
      yield page.map(({ groupId, groupName }) =>
        container({
          id: `group/${groupId}`,
          name: groupName || groupId,
          type: 'team',
          ...inAccount(ctx.config),
          gaps: { admins: 'not-supported' },
        }),
      );
    }
  },
};

const Profile = z.object({
  permissionProfileId: z.string().min(1),
  permissionProfileName: z.string().nullish(),
  modifiedDateTime: moment(),
  modifiedByUsername: z.string().nullish(),
  userCount: count(),
  settings: z
    .object({
      allowAccountManagement: flag(),
      allowApiAccess: flag(),
      allowApiAccessToAccount: flag(),
      allowApiSendingOnBehalfOfOthers: flag(),
      allowBulkSending: flag(),
      allowEnvelopeSending: flag(),
    })
    .nullish(),
});
type Profile = z.output<typeof Profile>;

const listProfiles = operation(
  'GET /v2.1/accounts/{accountId}/permission_profiles',
  z.object({ permissionProfiles: listOf(Profile) }),
);

export const permissionProfiles: Stream<Config> = {
  title: 'Permission profiles',
  emits: ['identity'],
  operations: [listProfiles],
  requires: [{ scope: 'signature', why: 'profiles say who may use the API, for the account or for others' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { accountId } = ctx.config;
    for await (const page of pagesOf(ctx, listProfiles, {
      ask: { params: { accountId }, query: { include: 'user_count' } },
      paging: { ask: () => ({}), next: () => undefined },
      elements: (body) => body.permissionProfiles,
    })) {
      yield page.map((profile) => roleOf(profile, ctx.config));
    }
  },
};

function roleOf(profile: Profile, config: Config) {
  const powers = Object.entries(profile.settings ?? {}).filter(([, on]) => on === true);
  return identity({
    id: `profile/${profile.permissionProfileId}`,
    name: profile.permissionProfileName || profile.permissionProfileId,
    type: 'role',
    status: 'active',
    ...inAccount(config),
    scopes: profile.settings ? powers.map(([power]) => power) : undefined,
    admin: profile.settings?.allowAccountManagement,
    updatedAt: profile.modifiedDateTime,
    sharedWith: profile.userCount === undefined ? undefined : { reach: 'some', count: profile.userCount },
    attributions: [
      attributed('edited-by', { name: profile.modifiedByUsername }, 'editor-field', {
        at: profile.modifiedDateTime,
        evidence: 'modifiedByUsername',
      }),
    ],
    gaps: { createdAt: 'not-supported', lastUsedAt: 'not-supported', impersonates: 'not-supported' },
  });
}
