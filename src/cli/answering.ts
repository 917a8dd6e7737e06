import type { App } from '../app.ts';
import { nameAndState, peopleFinder, type PeopleFinder } from '../publish/facts.ts';

type Somebody = Awaited<ReturnType<PeopleFinder>>;

/** Those who answer for something or are to mend it, by id. */
export async function answering(
  { store }: App,
  ids: readonly (string | undefined)[],
): Promise<ReadonlyMap<string | undefined, Somebody>> {
  const person = peopleFinder(store);
  const found = new Map<string | undefined, Somebody>();
  for (const id of new Set(ids)) if (id !== undefined) found.set(id, await person(id));
  return found;
}

/** `Ann Example`, or `left: Ann Example`: what matters comes first, because a table may cut off the end. */
export function inTable(person: Somebody | undefined, assigned = false): string {
  if (person === undefined) return 'nobody known';
  const marks = [assigned && 'assigned', person.state === 'left' && 'left'].filter(Boolean);
  return marks.length === 0 ? person.name : `${marks.join(', ')}: ${person.name}`;
}

/** `Ann Example, who has left`. */
export function inText(person: Somebody | undefined): string {
  return person === undefined ? 'nobody known' : nameAndState(person);
}
