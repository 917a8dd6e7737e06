import type { FindingEvent, FindingEventType } from '../src/core/finding.ts';
import { insertMany } from './bulk.ts';
import { storableText } from './clean.ts';
import type { Db } from './schema.ts';

/** An event to append; `finding` is the finding's number. */
export type NewEvent = Omit<FindingEvent, 'seq' | 'finding'> & { finding: number };

const insert = insertMany('finding_event', ['seq', 'finding', 'at', 'type', 'actor', 'note']);

/** Appends events in the order given. */
export async function addFindingEvents(db: Db, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const row = await db
    .selectFrom('finding_event')
    .select((eb) => eb.fn.max('seq').as('last'))
    .executeTakeFirst();
  const first = (row?.last ?? 0) + 1;
  await insert(
    db,
    events.map(({ finding, at, type, actor, note }, index) => [
      first + index,
      finding,
      at,
      type,
      storableText(actor),
      note === null ? null : storableText(note),
    ]),
  );
}

/** What a scan did to one finding, ready to append; of some it notes what the finding itself will not tell later. */
export function byScan(
  finding: number,
  at: number,
  types: readonly FindingEventType[],
  notes: Partial<Record<FindingEventType, string>> = {},
): NewEvent[] {
  return types.map((type) => ({ finding, at, type, actor: 'scan', note: notes[type] ?? null }));
}

/** What became of one finding because its time was over, by whoever looked. */
export function byClock(finding: number, at: number, types: readonly FindingEventType[]): NewEvent[] {
  return types.map((type) => ({ finding, at, type, actor: 'clock', note: null }));
}
