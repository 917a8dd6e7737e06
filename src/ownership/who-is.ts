import type { Claim, JoinedPerson } from '../core/owner.ts';
import type { People } from './people.ts';

/** The part of a claim that says who somebody is, and whether they are still here. */
export type Who = Pick<Claim, 'person' | 'name' | 'email' | 'state' | 'leftAt' | 'impersonal' | 'external' | 'manager'>;

/** Somebody as the directories know them. */
export function whoIs(source: string, person: JoinedPerson, people: People): Who {
  const { id, name, email, leftAt, impersonal, external, manager } = person;
  return {
    person: id,
    name,
    state: stateOf(source, person, people),
    ...(email !== undefined && { email }),
    ...(leftAt !== undefined && { leftAt }),
    ...(impersonal !== undefined && { impersonal }),
    ...(external !== undefined && { external }),
    ...(manager !== undefined && { manager }),
  };
}

/** A group is here as long as one of its members is. */
function stateOf(source: string, { state, members = [] }: JoinedPerson, people: People): Claim['state'] {
  if (state !== 'active' || members.length === 0) return state;
  const states = members.map((member) => people.find(source, { login: member })?.person.state ?? 'unknown');
  if (states.includes('active')) return 'active';
  return states.every((each) => each === 'left') ? 'left' : 'unknown';
}
