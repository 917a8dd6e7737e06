import { z } from 'zod';
import {
  attributed,
  connection,
  listOf,
  operation,
  pagesOf,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';
import { count, flag, moment } from './words.ts';

const Profile = z.object({
  permissionProfileId: z.string().min(1),
  permissionProfileName: z.string().nullish(),
  modifiedDateTime: moment(),
  modifiedByUsername: z.string().nullish(),
  userCount: count(),
  settings: z
    .object({
      allowAccountManagement: flag(),
      allowApiAccessToAccount: flag(),
      allowApiSendingOnBehalfOfOthers: flag(),
    })
    .nullish(),
});
type Profile = z.output<typeof Profile>;

const listProfiles = operation(
  'GET /v2.1/accounts/{accountId}/permission_profiles',
  z.object({ permissionProfiles: listOf(Profile) }),
);

export const permissionProfiles: Stream<Config> = {
  title: 'Permission profiles that let applications reach beyond their user',
  emits: ['connection'],
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
      yield page.map((profile) => permissionOf(profile, ctx.config));
    }
  },
};

/**
 * A profile is a set of rights, and nothing that acts. It is a standing permission where applications may reach beyond
 * the user whom they act for; an administrator has that anyway, and stands on the roll as one.
 */
function permissionOf(profile: Profile, config: Config) {
  const { allowAccountManagement: administers, ...powers } = profile.settings ?? {};
  const beyond = Object.entries(powers).flatMap(([power, on]) => (on === true ? power : []));
  if (administers === true || beyond.length === 0) return undefined;
  return connection({
    id: profileId(profile.permissionProfileId),
    name: `Applications of users with the profile ${profile.permissionProfileName || profile.permissionProfileId}`,
    ...inAccount(config),
    connector: 'docusign-permission-profile',
    authentication: 'oauth',
    status: 'active',
    subject: 'caller',
    consent: 'admin',
    scopes: beyond,
    updatedAt: profile.modifiedDateTime,
    sharedWith: profile.userCount === undefined ? undefined : { reach: 'some', count: profile.userCount },
    attributions: [
      attributed('edited-by', { name: profile.modifiedByUsername }, 'editor-field', {
        at: profile.modifiedDateTime,
        evidence: 'modifiedByUsername',
      }),
    ],
    gaps: { createdAt: 'not-supported', lastUsedAt: 'not-supported' },
  });
}

/** Id of the permission that a profile gives. */
export function profileId(id: string): string {
  return `profile/${id}`;
}
