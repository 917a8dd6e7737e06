import { person, reference, type Item } from '../../sdk/index.ts';
import { textAt, type Part } from '../tree.ts';

/** A person as the cmdlets name owners and makers. */
export function whoIs(part: Part) {
  const email = textAt(part, 'email') ?? textAt(part, 'userPrincipalName');
  return { id: textAt(part, 'id'), email, name: textAt(part, 'displayName') };
}

/** The person, by the id by which flows and connections name people, and nothing else. */
export function personRecord(part: Part): Item[] {
  const { id, email, name } = whoIs(part);
  if (id === undefined || email === undefined || textAt(part, 'type') !== 'User') return [];
  return [reference(person({ id, name: name ?? email, emails: [email], status: 'unknown' }))];
}
