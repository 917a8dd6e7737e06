import { switches, type Entry } from './attributes.ts';
import type { Session } from './session.ts';

const asked: readonly (readonly [attribute: string, value: string])[] = [
  ...switches.map((name) => [name, 'TRUE'] as const),
  ['pwdAccountLockedTime', '000001010000Z'],
];

/**
 * Attributes that would say that somebody was switched off, and that this account may not see: it is shown entries as if
 * nobody were. One entry stands for its place. A server that refuses every comparison leaves it open, and is believed.
 * Active Directory is asked in another way.
 */
export async function hiddenSwitches(session: Session, entry: Entry): Promise<readonly string[]> {
  const [shown] = entry.all('objectClass');
  if (shown === undefined || entry.bytes('objectGUID') !== undefined) return [];
  if (await session.refuses(entry.dn, 'objectClass', shown)) return [];
  const hidden: string[] = [];
  for (const [name, value] of asked) {
    if (entry.one(name) === undefined && (await session.refuses(entry.dn, name, value))) hidden.push(name);
  }
  return hidden;
}
