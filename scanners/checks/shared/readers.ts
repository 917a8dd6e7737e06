import {
  partWords,
  personRelations,
  type AnyRecord,
  type CheckContext,
  type Instant,
  type Ownership,
  type PersonState,
} from '../../../src/sdk/index.ts';

/** Somebody who has or had a part in what holds the secret, and so could read it. */
export interface Reader {
  name: string;
  state: PersonState;
  leftAt?: Instant | undefined;
  how: string;
}

/** Owners with their evidence, then everybody else whom the record names, each once. */
export function readersOf(record: AnyRecord, ownership: Ownership, find: CheckContext['person']): readonly Reader[] {
  const readers = new Map<string, Reader>();
  for (const { person, name, state, leftAt, reason, impersonal } of ownership.claims) {
    if (impersonal === undefined) readers.set(person, readers.get(person) ?? { name, state, leftAt, how: reason });
  }
  const named = record.attributions ?? [];
  const inOrder = named.length < 2 ? named : personRelations.flatMap((rel) => named.filter((part) => part.rel === rel));
  for (const { rel, who } of inOrder) {
    const person = find(who);
    if (person === undefined || person.impersonal !== undefined || readers.has(person.id)) continue;
    const { id, name, state, leftAt } = person;
    readers.set(id, { name, state, leftAt, how: partWords[rel] });
  }
  return [...readers.values()];
}
