import { z } from 'zod';
import {
  attributed,
  connection,
  fitting,
  ifAllowed,
  listOf,
  operation,
  pagesOf,
  time,
  type Item,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';
import { count, flag } from './words.ts';

const Profile = z.object({
  permissionProfileId: z.string().min(1),
  permissionProfileName: z.string().nullish(),
  modifiedDateTime: time(),
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

/** The list of the vendor’s own example comes without settings: then each profile is asked for. */
const readProfile = operation('GET /v2.1/accounts/{accountId}/permission_profiles/{permissionProfileId}', Profile);

export const permissionProfiles: Stream<Config> = {
  title: 'Permission profiles that let applications reach beyond their user',
  emits: ['connection'],
  operations: [listProfiles, readProfile],
  requires: [{ scope: 'signature', why: 'profiles say who may use the API, for the account or for others' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { accountId } = ctx.config;
    for await (const page of pagesOf(ctx, listProfiles, {
      ask: { params: { accountId }, query: { include: 'user_count' } },
      paging: { ask: () => ({}), next: () => undefined },
      elements: (body) => body.permissionProfiles,
    })) {
      const items: Item[] = [];
      for (const profile of fitting(ctx, page.elements)) {
        const whole = await withSettings(profile, ctx);
        const item = whole && permissionOf(whole, ctx.config);
        if (item) items.push(item);
      }
      yield { items };
    }
  },
};

/** A profile of which nobody says what it permits is no harmless one. */
async function withSettings(profile: Profile, ctx: StreamContext<Config>): Promise<Profile | undefined> {
  if (profile.settings) return profile;
  const name = profile.permissionProfileName || profile.permissionProfileId;
  const params = { accountId: ctx.config.accountId, permissionProfileId: profile.permissionProfileId };
  const answer = await ifAllowed(ctx, name, () => ctx.http.read(readProfile, { params }));
  if (answer && !answer.body.settings) ctx.blind(name, 'schema', 'the profile came without its settings');
  return answer?.body.settings ? { ...profile, settings: answer.body.settings } : undefined;
}

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
