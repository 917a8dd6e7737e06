import type { App } from '../app.ts';
import type { SourceHolding } from '../core/source.ts';
import { isoDate } from '../core/time.ts';
import { counted } from './style.ts';

/** Sources that the register still holds something of, and that the configuration no longer names. */
export async function unconfigured({ config, store }: Pick<App, 'config' | 'store'>): Promise<SourceHolding[]> {
  if (config.sources.length === 0) return [];
  const configured = new Set(config.sources.map(({ id }) => id));
  const holdings = await store.sources.holdings();
  return holdings.filter(({ source, records, findings }) => !configured.has(source) && records + findings > 0);
}

/** What that means, and what to do. */
export function leftBehind({ source, records, findings, lookedAt }: SourceHolding): { what: string; todo: string } {
  const held = `${counted(records, 'record')} and ${counted(findings, 'open finding')}`;
  const since = lookedAt === undefined ? '' : ` of ${isoDate(lookedAt)}`;
  return {
    what: `${source}: in the register and not configured; ${held}${since} stay as they are`,
    todo: `configure it again, or, when it is read no more or under another name: rollcall retire ${source}`,
  };
}
