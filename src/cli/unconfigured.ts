import type { App } from '../app.ts';
import type { SourceHolding } from '../core/source.ts';
import { isoDate } from '../core/time.ts';
import { counted } from './style.ts';

export interface Unconfigured extends SourceHolding {
  /** Somebody has asked to retire it, and a second person has to say. */
  waits?: true;
}

/** Sources that the register still holds something of, and that the configuration no longer names. */
export async function unconfigured({ config, store }: Pick<App, 'config' | 'store'>): Promise<Unconfigured[]> {
  if (config.sources.length === 0) return [];
  const configured = new Set(config.sources.map(({ id }) => id));
  const holdings = await store.sources.holdings();
  const waiting = new Set((await store.register.decisions({ status: 'pending' })).map(({ subject }) => subject));
  return holdings
    .filter(({ source, records, findings }) => !configured.has(source) && records + findings > 0)
    .map((held) => ({ ...held, ...(waiting.has(held.source) && { waits: true }) }));
}

/** What that means, and what to do. */
export function leftBehind({ source, records, findings, lookedAt, waits }: Unconfigured): {
  what: string;
  todo: string;
} {
  const held = `${counted(records, 'record')} and ${counted(findings, 'open finding')}`;
  const since = lookedAt === undefined ? '' : ` of ${isoDate(lookedAt)}`;
  return {
    what: `${source}: in the register and not configured; ${held}${since} stay as they are`,
    todo: waits
      ? `somebody asked to retire it, and a second person has to say: rollcall decide ${source} approve, or reject`
      : `configure it again, or, when it is read no more or under another name: rollcall retire ${source}`,
  };
}
