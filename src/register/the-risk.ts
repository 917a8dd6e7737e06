import { UsageError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import type { Risk } from '../core/risk.ts';

/** The one risk whose id begins so; a `UsageError` where there is none. */
export async function theRisk(store: Store, id: string): Promise<Risk> {
  const risk = await store.register.risk(id);
  if (!risk) throw new UsageError(`no risk starts with "${id}"; see: rollcall risks`);
  return risk;
}
