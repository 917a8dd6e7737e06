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
  const directory = await hasDirectory(store);
  if (!directory) return person?.id ?? `person:${given.toLowerCase()}`;
  if (person?.directory !== true) {
    throw new UsageError(`"${given}" is not in the people directory; only people in it can decide`);
  }
  refuseImpersonal(given, person);
  if (person.state !== 'active')
    throw new UsageError(`"${given}" is not active in the people directory (${person.status})`);
  return person.id;
}

function refuseImpersonal(given: string, person: JoinedPerson): void {
  if (person.impersonal === undefined) return;
  throw new UsageError(`"${given}" is a ${person.impersonal.replace('-', ' ')}; a person has to decide`);
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
    const plain = id.replace(/^(?:person|name):/, '');
    names.set(id, (await store.owners.person(plain))?.name ?? plain);
  }
  return names;
}
