import { defineFormat, localId, type Document, link } from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { beside } from '../neighbours.ts';
import { at, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import { configured, connectionItem } from './connections.ts';
import { connectionExample, recipeExample } from './examples.ts';
import { LISTS_BESIDE, listedRecipe } from './listed.ts';
import { recipeRecords } from './recipe-records.ts';

/** A recipe, from a package or a git repository; a list of recipes beside it tells whose it is and whether it runs. */
export const workatoRecipe = defineFormat({
  id: 'workato-recipe',
  title: 'Workato recipe',
  platform: 'workato',
  recognise: ({ tree, members }) =>
    members === undefined &&
    textAt(tree, 'code', 'keyword') === 'trigger' &&
    (textAt(tree, 'code', 'provider') !== undefined || Array.isArray(at(tree, 'code', 'block'))) &&
    (Array.isArray(at(tree, 'config')) || textAt(tree, 'name') !== undefined),
  neighbours: () => LISTS_BESIDE.flatMap((name) => [name, `../${name}`]),
  parse(document) {
    const { tree } = document;
    return recipeRecords({
      document,
      id: localId(document, idAt(tree, 'id') ?? ''),
      format: 'workato-recipe',
      path: [],
      part: tree,
      listed: listedRecipe(document),
      connections: configured(at(tree, 'config')),
      links: calledRecipes(document).map((recipe) => link('uses', 'workflow', recipe)),
      contents: (labels) => [contentOf(document, 'definition', labels)],
    });
  },
  example: recipeExample,
});

/** Recipes of the same package, which names them by their place in it: the folder, if any, and the file. */
function calledRecipes({ path, tree }: Document): string[] {
  const called = blocksOf(at(tree, 'code')).flatMap((block) => {
    if (!/^workato_(?:recipe_function|callable_recipe)$/.test(textAt(block, 'provider') ?? '')) return [];
    const name = textAt(block, 'input', 'flow_id', 'zip_name');
    const up = '../'.repeat((name?.split('/').length ?? 1) - 1);
    return (name && beside(path, up + name)) ?? [];
  });
  return [...new Set(called)];
}

function blocksOf(block: Part): Part[] {
  return [block, ...listAt(block, 'block').flatMap(blocksOf)];
}

/** A connection as packages and repositories keep it: its name and its connector, without anything secret. */
export const workatoConnection = defineFormat({
  id: 'workato-connection',
  title: 'Workato connection',
  platform: 'workato',
  recognise: ({ tree, members }) =>
    members === undefined &&
    isObject(tree) &&
    textAt(tree, 'name') !== undefined &&
    (textAt(tree, 'provider') ?? textAt(tree, 'provider', 'name')) !== undefined &&
    typeof at(tree, 'root_folder') === 'boolean',
  parse(document) {
    const { tree } = document;
    const connector = textAt(tree, 'provider') ?? textAt(tree, 'provider', 'name') ?? 'unknown';
    const item = connectionItem(textAt(tree, 'name') ?? document.path, connector);
    const record = { ...item.record, at: { path: document.path } };
    return { items: [{ ...item, record, contents: [contentOf(document, 'configuration')] }], problems: [] };
  },
  example: connectionExample,
});
