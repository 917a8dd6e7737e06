import { SourceError } from '../../src/sdk/index.ts';
import { idAttributes, idOf } from './attributes.ts';
import type { Manager } from './people.ts';
import { anything, first, type Session } from './session.ts';

const MOST_MANAGERS = 10_000;

/** Managers are named by their place; many people share a few, so each is looked up once. */
export function managersOf(session: Session): (dn: string | undefined) => Promise<Manager> {
  const known = new Map<string, Manager>();
  return async (dn) => {
    if (dn === undefined) return {};
    const manager = known.get(dn) ?? (await managerAt(session, dn));
    if (known.size >= MOST_MANAGERS) known.clear();
    known.set(dn, manager);
    return manager;
  };
}

async function managerAt(session: Session, dn: string): Promise<Manager> {
  try {
    const entry = await first(session, {
      base: dn,
      scope: 'base',
      filter: anything,
      attributes: idAttributes,
    });
    const id = entry && idOf(entry);
    return id === undefined ? { gap: 'denied' } : { id };
  } catch (problem) {
    if (!(problem instanceof SourceError) || !['not-found', 'permission', 'config'].includes(problem.kind))
      throw problem;
    // Somebody whom we may not see, or who has left: directories answer both with "no such object".
    return { gap: problem.kind === 'config' ? 'not-seen' : 'denied' };
  }
}
