import { ownerRoles } from './owner.ts';
import { riskLevels, treatments, type Level, type Risk, type Score } from './risk.ts';
import type { RiskEvent } from './risk-history.ts';
import type { Instant } from './time.ts';

type Rating = Omit<Score, 'reasons'>;

/** What the history of a risk holds. Its dates, its reasons and how many findings it has are known of today alone. */
export interface RiskThen extends Pick<
  Risk,
  | 'id'
  | 'initiative'
  | 'initiativeName'
  | 'threat'
  | 'title'
  | 'status'
  | 'treatment'
  | 'matrix'
  | 'createdAt'
  | (typeof ownerRoles)[number]
> {
  inherent: Rating;
  current: Rating;
  residual: Rating;
}

/** A risk as its history says that it stood at an instant; undefined before it was raised. */
export function riskAsOf(today: Risk, events: readonly RiskEvent[], at: Instant): RiskThen | undefined {
  if (today.createdAt > at) return undefined;
  const { id, initiative, initiativeName, threat, title, status, treatment, matrix, createdAt } = today;
  const said = { id, initiative, initiativeName, threat, title, status, treatment, matrix, createdAt };
  const { inherent, current, residual } = today;
  const then: RiskThen = {
    ...said,
    inherent: rating(inherent),
    current: rating(current),
    residual: rating(residual),
  };
  for (const role of ownerRoles) if (today[role] !== undefined) then[role] = today[role];
  for (const event of events.toReversed()) if (event.at > at) undo(then, event);
  return then;
}

function rating({ level, likelihood, impact }: Rating): Rating {
  return { level, likelihood, impact };
}

/** Every note says what was before. */
function undo(then: RiskThen, { type, note }: RiskEvent): void {
  const [before = ''] = note.split(' → ');
  if (type === 'treatment') then.treatment = treatments.find((known) => known === before) ?? then.treatment;
  if (type === 'status')
    then.status = (['open', 'treated', 'closed'] as const).find((known) => known === before) ?? then.status;
  if (type === 'owner') {
    const role = ownerRoles.find((known) => note.startsWith(`${known} `));
    if (role === undefined) return;
    const person = note.slice(role.length + 1, -` → ${then[role] ?? 'nobody'}`.length);
    if (person === 'nobody') delete then[role];
    else then[role] = person;
  }
  if (type !== 'rated') return;
  for (const [, name, level, likelihood, impact] of note.matchAll(/(\w+) ([\w-]+) \((\d)×(\d)\) → /g)) {
    const known = riskLevels.find((one) => one === level);
    if (known === undefined || (name !== 'inherent' && name !== 'current' && name !== 'residual')) continue;
    then[name] = { level: known, likelihood: Number(likelihood) as Level, impact: Number(impact) as Level };
  }
}
