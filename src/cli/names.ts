import type { App } from '../app.ts';

/** People's names as people write them, by id. */
export async function namesOf(app: App, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) names.set(id, await personName(app, id));
  return names;
}

/** A person's name as people write it; what is known of them when the directory knows nothing. */
export async function personName(app: App, id: string): Promise<string> {
  const plain = id.replace(/^(?:person|name):/, '');
  return (await app.store.owners.person(plain))?.name ?? plain;
}
