import { defineFormat, localId, pointer, type Document, type Json } from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { joined } from '../once.ts';
import { cutOff, entriesThat, strangersIn } from '../saved-answer.ts';
import { at, idAt, isObject, listAt } from '../tree.ts';
import { configured, isListed, listedConnection, numberedIn } from './connections.ts';
import { connectionListExample, recipeListExample } from './list-examples.ts';
import { listedRecipes, unfolded } from './listed.ts';
import { recipeRecords } from './recipe-records.ts';

/** The most that one answer holds, and what it holds unless less is asked for. */
const PAGE = 100;
const CONNECTIONS_BESIDE = ['*connections.json', 'connections*.json'];

/** Recipes as `GET /api/recipes` lists them, with or without their code. */
export const workatoRecipeList = defineFormat({
  id: 'workato-recipe-list',
  title: 'Workato recipe list',
  platform: 'workato',
  recognise: (document) => listedRecipes(document).length > 0,
  neighbours: () => CONNECTIONS_BESIDE,
  parse(document) {
    const entries = listedRecipes(document);
    const numbered = numberedIn(document.neighbours?.values() ?? []);
    const paths = entries.map(({ path }) => path);
    const read = withCode(document);
    const recipes = entries.map(({ path }, index) => {
      const part = at(read.tree, ...path);
      return recipeRecords({
        document,
        id: localId(document, idAt(part, 'id')),
        format: 'workato-recipe-list',
        path,
        part,
        connections: configured(at(part, 'config'), numbered),
        contents: (labels) => divided(read, paths, index, labels),
      });
    });
    const full = listAt(document.tree, 'items').length === PAGE || listAt(document.tree).length === PAGE;
    const { items, problems } = joined(recipes);
    return {
      items,
      problems: [
        ...problems,
        ...strangersIn(document, 'items', entries, 'recipe'),
        ...(full ? cutOff(PAGE, 'recipes, which is a full page,') : []),
      ],
    };
  },
  example: recipeListExample,
});

/** The document with the code of its recipes as parts instead of texts. */
function withCode(document: Document): Document {
  const read = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((one: Json) => read(one));
    if (!isObject(value)) return value;
    if (typeof value['code'] === 'string') return unfolded(value) ?? value;
    const { items } = value;
    return items === undefined ? value : { ...value, items: read(items) };
  };
  return { ...document, tree: read(document.tree ?? null) };
}

/** Connections as `GET /api/connections` lists them: when each was made and authorised, and whether it works. */
export const workatoConnectionList = defineFormat({
  id: 'workato-connection-list',
  title: 'Workato connection list',
  platform: 'workato',
  recognise: (document) => entriesThat(document, 'result', isListed).length > 0,
  parse(document) {
    const entries = entriesThat(document, 'result', isListed);
    const numbered = numberedIn([document]);
    const paths = entries.map(({ path }) => path);
    const items = entries.map(({ path, part }, index) => ({
      ...listedConnection(part, numbered, document.path, pointer(...path)),
      contents: divided(document, paths, index, []),
    }));
    return joined([{ items, problems: strangersIn(document, 'result', entries, 'connection') }]);
  },
  example: connectionListExample,
});
