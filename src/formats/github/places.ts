import { container, link, reference, type Item, type Link } from '../../sdk/index.ts';
import { textAt, type Part } from '../tree.ts';

/** The repository or organisation that an entry of a kept answer belongs to, by the address of the entry itself. */
export interface Place {
  /** Of a repository: `acme/shop`. */
  path?: string;
  within: Link;
  container: Item;
}

/** `https://api.github.com/repos/acme/shop/hooks/1`, or below `/orgs/acme`. */
export function placeOf(entry: Part): Place | undefined {
  const [, path, organisation] =
    /\/(?:repos\/([\w.-]+\/[\w.-]+)|orgs\/([\w.-]+))\/(?:hooks|keys)\/\d+$/.exec(textAt(entry, 'url') ?? '') ?? [];
  if (path !== undefined) return { path, ...held('repository', path) };
  return organisation === undefined ? undefined : held('organisation', organisation);
}

/** What is held by a repository or organisation, which many files mention. */
export function held(type: 'repository' | 'organisation', name: string): { within: Link; container: Item } {
  const id = `${type}/${name.toLowerCase()}`;
  return {
    within: link('contained-in', 'container', id),
    container: reference(container({ id, name, type, platform: 'github' })),
  };
}
