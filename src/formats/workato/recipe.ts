import {
  attributed,
  connection,
  defineFormat,
  instant,
  link,
  localId,
  pointer,
  reference,
  sharedId,
  workflow,
  type Document,
  type Item,
  type Version,
  type WorkflowState,
} from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { mailboxIn } from '../hosts.ts';
import { beside } from '../neighbours.ts';
import { at, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import { connectionExample, recipeExample } from './examples.ts';
import { readRecipe } from './steps.ts';

/**
 * A connection by its name: recipe and connection files agree on nothing else (custom connectors have another name in
 * each, and folders depend on where a package was exported).
 */
function connectionItem(name: string, connector: string): Item<'connection'> {
  const mailbox = mailboxIn(name);
  return connection({
    id: sharedId('workato', undefined, 'connection', name),
    name,
    connector,
    platform: 'workato',
    subject: mailbox === undefined ? 'unknown' : 'person',
    account: mailbox === undefined ? undefined : { email: mailbox },
    gaps: { status: 'not-seen', authentication: 'not-seen', lastUsedAt: 'not-seen' },
  });
}

/** Connections that a recipe is configured with, by provider. */
function configured(config: Part): Map<string, Item<'connection'>> {
  const found = listAt(config).flatMap((entry): [string, Item<'connection'>][] => {
    const provider = textAt(entry, 'provider');
    const account = at(entry, 'account_id');
    const name = textAt(account, 'name') ?? textAt(account, 'zip_name') ?? idAt(account);
    return provider === undefined || name === undefined ? [] : [[provider, reference(connectionItem(name, provider))]];
  });
  return new Map(found);
}

/** A recipe, from a package, a git repository or an answer of the API. */
export const workatoRecipe = defineFormat({
  id: 'workato-recipe',
  title: 'Workato recipe',
  platform: 'workato',
  recognise: ({ tree, members }) =>
    members === undefined &&
    textAt(tree, 'code', 'keyword') === 'trigger' &&
    (textAt(tree, 'code', 'provider') !== undefined || Array.isArray(at(tree, 'code', 'block'))) &&
    (Array.isArray(at(tree, 'config')) || textAt(tree, 'name') !== undefined),
  parse(document) {
    const { tree } = document;
    const connections = configured(at(tree, 'config'));
    const ids = new Map([...connections].map(([provider, { record }]) => [provider, record.id]));
    const { steps, edges, triggers, calls, labels, problems } = readRecipe(at(tree, 'code'), ids);
    const graph = { steps, edges, triggers };
    const state = stateOf(tree);
    const id = localId(document, idAt(tree, 'id') ?? '');
    const name = textAt(tree, 'name') ?? document.path;
    const main = workflow({
      id,
      name,
      platform: 'workato',
      format: 'workato-recipe',
      state,
      graph,
      at: { path: document.path, pointer: pointer() },
      createdAt: instant(at(tree, 'created_at')),
      updatedAt: instant(at(tree, 'updated_at')),
      lastRunAt: instant(at(tree, 'last_run_at')),
      versions: versionsOf(tree),
      sharedWith: at(tree, 'private') === true ? { reach: 'private' } : undefined,
      links: [
        ...[...new Set(ids.values())].map((connection) => link('uses', 'connection', connection)),
        ...calledRecipes(document).map((recipe) => link('uses', 'workflow', recipe)),
      ],
      attributions: [
        attributed('created-by', { id: idAt(tree, 'user_id'), name: textAt(tree, 'author_name') }, 'creator-field', {
          evidence: 'author_name',
        }),
        attributed('edited-by', versionAuthor(tree), 'editor-field', { evidence: 'version_author_email' }),
      ],
      gaps: {
        ...(state === 'unknown' && { state: 'not-seen' }),
        ...(!at(tree, 'last_run_at') && { lastRunAt: 'not-seen' }),
      },
      contents: [
        contentOf(document, 'definition', [
          { pointer: '/config', place: 'configuration' },
          // An address that starts the recipe is as good as a key.
          { pointer: '/webhook_url', place: 'configuration', secret: true },
          ...labels,
        ]),
      ],
    });
    const host = { id, name, platform: 'workato', path: document.path, state };
    const unique = new Map([...connections.values()].map((item) => [item.record.id, item]));
    return {
      items: [main, ...unique.values(), ...inboundEndpoints(host, graph), ...outboundEndpoints(host, calls)],
      problems,
    };
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

function stateOf(recipe: Part): WorkflowState {
  const running = at(recipe, 'running');
  return typeof running === 'boolean' ? (running ? 'active' : 'inactive') : 'unknown';
}

function versionAuthor(recipe: Part): { email: string | undefined; name: string | undefined } {
  return { email: textAt(recipe, 'version_author_email'), name: textAt(recipe, 'version_author_name') };
}

function versionsOf(recipe: Part): Version[] | undefined {
  const id = idAt(recipe, 'version_no') ?? idAt(recipe, 'version');
  if (id === undefined) return undefined;
  const { email, name } = versionAuthor(recipe);
  const author = { ...(email !== undefined && { email }), ...(name !== undefined && { name }) };
  const comment = textAt(recipe, 'version_comment');
  return [{ id, ...((email ?? name) && { authors: [author] }), ...(comment !== undefined && { comment }) }];
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
