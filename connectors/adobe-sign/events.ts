import { z } from 'zod';
import { attributed, time, type Attribution, type PersonRelation } from '../../src/sdk/index.ts';

/** Addresses, comments and places of people come with the answer; they are not read. */
export const Events = z.object({
  events: z.array(
    z.object({
      type: z.string().nullish(),
      date: time(),
      actingUserEmail: z.string().nullish(),
      initiatingUserEmail: z.string().nullish(),
    }),
  ),
});
export type Event = z.output<typeof Events>['events'][number];

const parts = { CREATED: 'created-by', MODIFIED: 'edited-by', ACTIVATED: 'published-by' } as const satisfies Record<
  string,
  PersonRelation
>;

/** Who built it, who changed it last, and who opened it to others last, as far as the events say. */
export function partsIn(events: readonly Event[]): (Attribution | undefined)[] {
  return Object.entries(parts).map(([type, rel]) => {
    const event = latest(events, type);
    // Somebody with whom an account is shared acts under its name: they are the one who did it.
    const email = event?.initiatingUserEmail || event?.actingUserEmail;
    return attributed(rel, { email: email?.toLowerCase() }, 'audit-log', { at: event?.date, evidence: type });
  });
}

/** The last event of a type. */
export function latest(events: readonly Event[], type: string): Event | undefined {
  return events.filter((event) => event.type === type).toSorted((a, b) => (b.date ?? 0) - (a.date ?? 0))[0];
}
