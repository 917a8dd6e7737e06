import type { z } from 'zod';
import { operation, type Gap, type Instant, type Operation } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import { ifLicensed } from './licensed.ts';
import { everyOf, type ListPage } from './lists.ts';
import { AppActivity, CredentialActivity } from './schema.ts';

const beta = { origin: 'beta' } as const;
export const listAppActivity = operation('GET /reports/servicePrincipalSignInActivities', AppActivity, beta);
export const listCredentialActivity = operation('GET /reports/appCredentialSignInActivities', CredentialActivity, beta);

/** When things were last used, by client id or key id; `gap` says why it is not known of what is not here. */
export interface Activity {
  times: ReadonlyMap<string, Instant>;
  gap: Gap;
}

/** Last use of apps as clients and as resources. */
export function appActivity(ctx: Context): Promise<Activity> {
  return report(ctx, 'last use of apps', listAppActivity, ({ appId, lastSignInActivity: last }) => [
    appId,
    last?.lastSignInDateTime,
  ]);
}

/** Last use of secrets and certificates. */
export function credentialActivity(ctx: Context): Promise<Activity> {
  return report(ctx, 'last use of secrets', listCredentialActivity, ({ keyId, signInActivity: last }) => [
    keyId,
    last?.lastSignInDateTime,
  ]);
}

/** A report that only a licence opens. */
async function report<T>(
  ctx: Context,
  subject: string,
  list: Operation<z.ZodType<ListPage<T>>>,
  entry: (element: T) => [string | null | undefined, Instant | undefined],
): Promise<Activity> {
  const times = new Map<string, Instant>();
  if (!ctx.config.signInActivity) return { times, gap: 'not-seen' };
  const { gap = 'not-seen' } = await ifLicensed(ctx, subject, async () => {
    for await (const element of everyOf(ctx, list)) {
      const [key, at] = entry(element);
      if (key && at !== undefined) times.set(key, Math.max(at, times.get(key) ?? 0));
    }
  });
  return { times, gap };
}
