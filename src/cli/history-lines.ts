import type { App } from '../app.ts';
import { isoDate, type Instant } from '../core/time.ts';
import { namesOf } from './names.ts';
import type { Style } from './style.ts';

/** One thing that happened; the note may name people by id. */
export interface Happening {
  at: Instant;
  type: string;
  actor: string;
  note: string | null;
}

/** What happened when and by whom, oldest first; `peopleIn` tells which ids a note names. */
export async function historyLines<H extends Happening>(
  app: App,
  happenings: readonly H[],
  peopleIn: (happening: H) => readonly string[],
  style: Style,
): Promise<string[]> {
  const names = await namesOf(
    app,
    happenings.flatMap((happening) => [happening.actor, ...peopleIn(happening)]),
  );
  const named = (id: string): string => names.get(id) ?? id;
  const lines = happenings.map((happening) => {
    const { at, type, actor, note } = happening;
    const said = peopleIn(happening).reduce((text, id) => text.replace(id, () => named(id)), note ?? '');
    return `  ${isoDate(at)}  ${type}  ${style.dim(style.safe(`${named(actor)}${said === '' ? '' : `: ${said}`}`))}`;
  });
  return [style.bold('History'), ...lines];
}
