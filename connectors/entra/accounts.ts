import { ifAllowed, operation, person, type AnyRecord, type Instant } from '../../src/sdk/index.ts';
import type { Activity } from './activity.ts';
import type { Context } from './config.ts';
import { ifLicensed } from './licensed.ts';
import { everyOf } from './lists.ts';
import { administers, directoryRoles, eligibleRoles } from './relations.ts';
import { AGENT, UserRelations } from './schema.ts';

/** https://learn.microsoft.com/graph/api/user-list */
export const listAccounts = operation('GET /users', UserRelations);

/** Eligible is not active: somebody may take the role on, for a while and perhaps with an approval. */
const ELIGIBLE = 'eligible-role:';

/** Learns what lists of changes do not tell of people: whom they report to, which roles they have, when they were here. */
export async function layingOnAccounts(ctx: Context): Promise<(record: AnyRecord) => AnyRecord> {
  const roles = await directoryRoles(ctx);
  const eligible = await eligibleRoles(ctx);
  const managers = await managersOf(ctx);
  const signIns = await signInsOf(ctx);
  return (record) => {
    if (record.kind !== 'person' || record.status === 'deleted') return record;
    const { lastUsedAt: _, manager: before, tags, ...lasting } = record;
    const lastUsedAt = signIns.times.get(record.id);
    // Where we may not know, what was known stays.
    const admin = roles ? administers(roles.get(record.id) ?? []) : record.admin;
    const { lastUsedAt: __, admin: ___, ...gaps } = record.gaps ?? {};
    return person({
      ...lasting,
      admin,
      manager: managers ? managers.get(record.id) : before,
      tags: eligible ? eligible.get(record.id)?.map((role) => `${ELIGIBLE}${role}`) : tags,
      lastUsedAt,
      lastInteractiveAt: signIns.interactive.get(record.id),
      gaps: {
        ...gaps,
        ...(admin === undefined && { admin: 'denied' }),
        ...(lastUsedAt === undefined && { lastUsedAt: signIns.gap }),
      },
    }).record;
  };
}

/** Whom to ask when an owner has left. */
async function managersOf(ctx: Context): Promise<ReadonlyMap<string, string> | undefined> {
  return ifAllowed(ctx, 'managers', async () => {
    const managers = new Map<string, string>();
    const query = { $select: 'id', $expand: 'manager($select=id)' };
    for await (const { id, manager } of everyOf(ctx, listAccounts, { query }))
      if (manager) managers.set(id, manager.id);
    return managers;
  });
}

interface SignIns extends Activity {
  /**
   * Of agents' accounts alone: in a browser or client, attempts that failed included. People sign in by hand every day;
   * of an account that is no person it says something.
   */
  interactive: ReadonlyMap<string, Instant>;
}

/** When people were last here. https://learn.microsoft.com/graph/api/resources/signinactivity */
async function signInsOf(ctx: Context): Promise<SignIns> {
  const times = new Map<string, Instant>();
  const interactive = new Map<string, Instant>();
  if (!ctx.config.signInActivity) return { times, interactive, gap: 'not-seen' };
  const { gap = 'not-seen' } = await ifLicensed(ctx, 'last sign-in of people', async () => {
    const query = { $select: 'id,signInActivity', $top: 500 };
    for await (const { id, signInActivity: last, '@odata.type': type } of everyOf(ctx, listAccounts, { query })) {
      const { lastSuccessfulSignInDateTime: there, lastSignInDateTime: byHand } = last ?? {};
      // Successes are told since December 2023 alone; before, there were only attempts.
      const at = there ?? latest(byHand, last?.lastNonInteractiveSignInDateTime);
      if (at !== undefined) times.set(id, at);
      if (byHand !== undefined && type === AGENT) interactive.set(id, byHand);
    }
  });
  return { times, interactive, gap };
}

function latest(one: Instant | undefined, other: Instant | undefined): Instant | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
