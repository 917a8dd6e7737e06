import type { Ownership } from '../src/core/owner.ts';

/** A record nobody has spoken about yet. */
export const unowned: Ownership = { claims: [] };

/** The ownership that was stored as cargo. */
export function readOwnership(body: string | null): Ownership {
  return body === null ? unowned : (JSON.parse(body) as Ownership);
}
