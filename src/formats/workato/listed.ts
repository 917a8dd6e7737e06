import type { Document } from '../../sdk/index.ts';
import { embedded } from '../embedded.ts';
import { entriesThat, type Entry } from '../saved-answer.ts';
import { at, idAt, textAt, type Part } from '../tree.ts';

/** What lists of recipes are called where they lie beside recipes. */
export const LISTS_BESIDE = ['*recipes.json', 'recipes*.json'] as const;

/** The recipes of a kept answer: https://docs.workato.com/workato-api/recipes.html#list-recipes-belonging-to-a-user */
export function listedRecipes(document: Document): Entry[] {
  const found = read.get(document) ?? entriesThat(document, 'items', isListed);
  read.set(document, found);
  return found;
}

/** One list lies beside thousands of recipes. */
const read = new WeakMap<Document, Entry[]>();

/** An entry of `GET /api/recipes`, or the answer of `GET /api/recipes/:id`; in both the code is a text, if it is there. */
function isListed(part: Part): boolean {
  return (
    idAt(part, 'id') !== undefined &&
    textAt(part, 'name') !== undefined &&
    typeof at(part, 'running') === 'boolean' &&
    (textAt(part, 'trigger_application') !== undefined || Array.isArray(at(part, 'action_applications'))) &&
    textAt(part, 'code', 'keyword') === undefined
  );
}

/** What the lists beside a recipe tell of it: an export holds no number, so its name has to be that of one recipe alone. */
export function listedRecipe({ tree, neighbours }: Document): Part {
  const name = textAt(tree, 'name');
  const all = [...(neighbours?.values() ?? [])].flatMap((list) => byName(list).get(name ?? '') ?? []);
  const called = new Map(all.map((part) => [idAt(part, 'id') ?? '', part]));
  const own = idAt(tree, 'id');
  if (own !== undefined) return called.get(own);
  return called.size === 1 ? [...called.values()][0] : undefined;
}

function byName(list: Document): ReadonlyMap<string, readonly Part[]> {
  const found =
    named.get(list) ??
    Map.groupBy(
      listedRecipes(list).map(({ part }) => part),
      (part) => textAt(part, 'name') ?? '',
    );
  named.set(list, found);
  return found;
}

const named = new WeakMap<Document, ReadonlyMap<string, readonly Part[]>>();

/** A recipe whose code, which interfaces give as a text, is read. */
export function unfolded(part: Part): Part {
  const code = embedded(at(part, 'code'));
  return { ...(part as object), ...(typeof code === 'object' && { code }) };
}
