import { z } from 'zod';
import {
  attributed,
  fitting,
  listOf,
  time,
  type Attribution,
  type PersonRelation,
  type StreamContext,
} from '../../src/sdk/index.ts';

/** Addresses, comments and places of people come with the answer; they are not read. */
export const Events = z.object({
  events: listOf(
    z.object({
      type: z.string().nullish(),
      date: time(),
      actingUserEmail: z.string().nullish(),
      initiatingUserEmail: z.string().nullish(),
    }),
  ),
});
export type Event = z.output<typeof Events>['events'][number];

/** The events of something, without those that do not fit: each of these is a blind spot. */
export function eventsIn(
  { events }: z.output<typeof Events>,
  name: string,
  { blind }: Pick<StreamContext<unknown>, 'blind'>,
): Event[] {
  return fitting({ blind: (subject, ...why) => blind(`${subject} of the events of ${name}`, ...why) }, events);
}

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
