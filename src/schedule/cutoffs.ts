import { DAY, type Instant } from '../core/time.ts';
import type { Cutoffs, Retention } from '../core/upkeep.ts';

/** What may go today. */
export function cutoffs({ runsDays, eventsDays, goneDays }: Retention, now: Instant): Cutoffs {
  const before = (days: number | 'forever'): Instant => (days === 'forever' ? 0 : now - days * DAY);
  return { runs: before(runsDays), events: before(eventsDays), gone: before(goneDays) };
}
