import { ownerRoles } from './owner.ts';
import type { Risk, Score } from './risk.ts';
import type { Instant } from './time.ts';

export type RiskEventType = 'raised' | 'rated' | 'status' | 'treatment' | 'owner';

/** Something that people will ask about a risk when it has changed since. */
export interface RiskEvent {
  seq: number;
  at: Instant;
  type: RiskEventType;
  /** `scan`, `clock`, or the person who decided. */
  actor: string;
  /** What it was and what it became; owners by id. */
  note: string;
}

/** What happened to a risk between two of its states; nothing where only its findings, its title or its dates moved. */
export function riskEvents(before: Risk | undefined, now: Risk): Pick<RiskEvent, 'type' | 'note'>[] {
  const owned = ownerRoles
    .filter((role) => before?.[role] !== now[role])
    .map((role) => ({
      type: 'owner' as const,
      note: `${role} ${before?.[role] ?? NOBODY}${TO}${now[role] ?? NOBODY}`,
    }));
  if (before === undefined) return [{ type: 'raised', note: rating(now.current) }, ...owned];
  const rated = (['inherent', 'current', 'residual'] as const)
    .filter((name) => rating(before[name]) !== rating(now[name]))
    .map((name) => `${name} ${rating(before[name])}${TO}${rating(now[name])}`);
  const moved = (['status', 'treatment'] as const)
    .filter((type) => before[type] !== now[type])
    .map((type) => ({ type, note: `${before[type]}${TO}${now[type]}` }));
  return [...(rated.length > 0 ? [{ type: 'rated' as const, note: rated.join(', ') }] : []), ...moved, ...owned];
}

/** Ids of the people that an event speaks of. */
export function peopleIn({ type, note }: Pick<RiskEvent, 'type' | 'note'>): string[] {
  if (type !== 'owner') return [];
  const people = note.slice(note.indexOf(' ') + 1).split(TO);
  return people.filter((person) => person !== NOBODY);
}

const NOBODY = 'nobody';
const TO = ' → ';

/** `high (3×4)`. */
function rating({ level, likelihood, impact }: Score): string {
  return `${level} (${likelihood}×${impact})`;
}
