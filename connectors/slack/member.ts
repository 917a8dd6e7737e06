import { z } from 'zod';
import { person, type Item } from '../../src/sdk/index.ts';
import { epoch } from './answers.ts';

/** A person or bot as each workspace lists them. */
export const Member = z.object({
  id: z.string(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  deleted: z.boolean().nullish(),
  updated: epoch(),
  is_bot: z.boolean().nullish(),
  is_workflow_bot: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
  is_invited_user: z.boolean().nullish(),
  is_admin: z.boolean().nullish(),
  is_owner: z.boolean().nullish(),
  is_primary_owner: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  profile: z
    .object({
      /** Of whoever was deactivated the name stands here alone. */
      real_name: z.string().nullish(),
      email: z.string().nullish(),
      bot_id: z.string().nullish(),
      api_app_id: z.string().nullish(),
      guest_expiration_ts: epoch(),
    })
    .nullish(),
});
export type Member = z.output<typeof Member>;

export function memberItem(member: Member): Item<'person'> {
  const { id, name, deleted, profile } = member;
  const realName = member.real_name || profile?.real_name;
  const guest = [member.is_restricted, member.is_ultra_restricted, member.is_stranger].includes(true);
  return person({
    id,
    name: realName || name || id,
    emails: profile?.email ? [profile.email.toLowerCase()] : [],
    logins: name ? [name] : [],
    status: deleted === true ? 'deprovisioned' : member.is_invited_user === true ? 'invited' : 'active',
    admin: [member.is_admin, member.is_owner, member.is_primary_owner].includes(true),
    external: guest,
    updatedAt: member.updated,
    expiresAt: profile?.guest_expiration_ts,
    gaps: { lastUsedAt: 'not-supported', createdAt: 'not-supported' },
  });
}
