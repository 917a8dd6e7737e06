import { z } from 'zod';
import type { Instant } from '../../src/sdk/index.ts';
import { epoch } from './answers.ts';

/** One line of the integration log: it tells of an app, or of an older sort of integration (a service). */
export const Change = z.object({
  user_id: z.string().nullish(),
  user_name: z.string().nullish(),
  date: epoch(),
  change_type: z.string().nullish(),
  app_id: z.string().nullish(),
  app_type: z.string().nullish(),
  service_id: z.union([z.string(), z.number()]).nullish(),
  service_type: z.string().nullish(),
  scope: z.string().nullish(),
});
type Change = z.output<typeof Change>;

interface Act {
  at: Instant;
  who: { id?: string | null | undefined; name?: string | null | undefined };
}

/** What the log adds up to for one integration. */
export interface Integration {
  id: string;
  app: boolean;
  name: string;
  added?: Act;
  last: Act & { change: string };
  scopes?: { at: Instant; names: readonly string[] };
}

/** Takes one line in; lines come in any order. */
export function note(known: Map<string, Integration>, change: Change): void {
  const id = change.app_id || (change.service_id ? String(change.service_id) : undefined);
  if (!id || change.date === undefined) return;
  const act: Act = { at: change.date, who: { id: change.user_id, name: change.user_name } };
  const type = change.change_type || 'unknown';
  const seen = known.get(id);
  const newest = seen === undefined || act.at >= seen.last.at;
  const one: Integration = seen ?? {
    id,
    app: Boolean(change.app_id),
    name: change.app_type || change.service_type || id,
    last: { ...act, change: type },
  };
  if (newest) one.last = { ...act, change: type };
  if (type === 'added' && act.at >= (one.added?.at ?? 0)) one.added = act;
  const names = (change.scope ?? '').split(',').flatMap((scope) => scope.trim() || []);
  if (names.length > 0 && act.at >= (one.scopes?.at ?? 0)) one.scopes = { at: act.at, names: names.toSorted() };
  known.set(id, one);
}
