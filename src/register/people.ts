import { UsageError } from '../core/errors.ts';
import type { JoinedPerson } from '../core/owner.ts';
import type { Store } from '../core/ports.ts';

/** Somebody who acts on the register: as they call themselves, and the operating-system account they use. */
export interface Actor {
  name: string;
  account: string;
}

/**
 * Who is acting, as one id whatever alias they use. Where a people directory was read, only somebody who is in it and
 * still here may act; without one, the name as given is all there is.
 */
export async function identify(store: Store, name: string): Promise<string> {
  const given = name.trim();
  if (given === '') throw new UsageError('say who decides: --by someone@example.org');
  const person = await store.owners.person(given);
  if (!(await hasDirectory(store))) return person?.id ?? `person:${given.toLowerCase()}`;
  const unfit = unfitToAct(person);
  if (unfit !== undefined || person === undefined) throw new UsageError(`"${given}" ${unfit}`);
  return person.id;
}

/** Whom an id leads to that was written down earlier: it changes with a name, and with the directories that are read. */
export async function today(store: Store, id: string): Promise<string> {
  return (await store.owners.person(id))?.id ?? id;
}

/** Throws where the one who asked could not ask any more: of those who decide, each is somebody who is here. */
export async function requireStillHere(store: Store, id: string): Promise<void> {
  if (!(await hasDirectory(store))) return;
  const person = await store.owners.person(id);
  const unfit = unfitToAct(person);
  if (unfit === undefined) return;
  const name = person?.name ?? plainName(id);
  throw new UsageError(`${name}, who asked for this, ${unfit}; somebody who is here has to ask anew`);
}

function unfitToAct(person: JoinedPerson | undefined): string | undefined {
  if (person?.directory !== true) return 'is not in the people directory; only people in it can decide';
  if (person.impersonal !== undefined) return `is a ${person.impersonal.replace('-', ' ')}; a person has to decide`;
  return person.state === 'active' ? undefined : `is not active in the people directory (${person.status})`;
}

async function hasDirectory(store: Store): Promise<boolean> {
  for await (const page of store.owners.people()) {
    if (page.some(({ directory }) => directory === true)) return true;
  }
  return false;
}

/** What these people are called; who is in no directory keeps their id. */
export async function namesOf(store: Store, ids: Iterable<string>): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of ids) {
    names.set(id, (await store.owners.person(id))?.name ?? plainName(id));
  }
  return names;
}

function plainName(id: string): string {
  return id.replace(/^(?:person|name):/, '');
}
