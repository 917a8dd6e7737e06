import {
  attributed,
  instant,
  link,
  pointer,
  publicName,
  workflow,
  type Attribution,
  type Content,
  type Document,
  type Item,
  type Label,
  type Link,
  type Parsed,
  type Version,
  type WorkflowState,
} from '../../sdk/index.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { literalTarget } from '../hosts.ts';
import { at, idAt, isObject, textAt, type Part } from '../tree.ts';
import { outlineOf, readRecipe } from './steps.ts';

/** A recipe in its document. */
export interface Recipe {
  document: Document;
  id: string;
  format: string;
  path: readonly (string | number)[];
  part: Part;
  /** The entry of a list beside it that tells of the same recipe. */
  listed?: Part;
  connections: ReadonlyMap<string, Item<'connection'>>;
  links?: readonly Link[];
  /** What to scan, given what the steps are called. */
  contents(labels: readonly Label[]): readonly Content[];
}

/** A recipe's records: itself, the connections that it names, the endpoints that it opens and calls. */
export function recipeRecords({ document, part, path, id, ...recipe }: Recipe): Parsed {
  // What the file says of itself goes before what a list says of it.
  const told = { ...(isObject(recipe.listed) && recipe.listed), ...(isObject(part) && part) };
  const ids = new Map([...recipe.connections].map(([provider, { record }]) => [provider, record.id]));
  const code = at(part, 'code');
  const { steps, edges, triggers, calls, labels, problems } = isObject(code)
    ? readRecipe(code, ids, [...path, 'code'])
    : outlineOf(part, ids, path);
  const graph = { steps, edges, triggers };
  const state = stateOf(told);
  const name = textAt(part, 'name') ?? document.path;
  const main = workflow({
    id,
    name,
    platform: 'workato',
    format: recipe.format,
    state,
    graph,
    outline: isObject(code) ? undefined : true,
    at: { path: document.path, pointer: pointer(...path) },
    knownAs: knownAs(told),
    createdAt: instant(at(told, 'created_at')),
    updatedAt: instant(at(told, 'updated_at')),
    lastRunAt: instant(at(told, 'last_run_at')),
    versions: versionsOf(part),
    sharedWith: at(part, 'private') === true ? { reach: 'private' } : undefined,
    links: [
      ...[...new Set(ids.values())].map((connection) => link('uses', 'connection', connection)),
      ...(recipe.links ?? []),
    ],
    attributions: makersOf(told),
    gaps: {
      ...(state === 'unknown' && { state: 'not-seen' }),
      ...(!at(told, 'last_run_at') && { lastRunAt: 'not-seen' }),
    },
    contents: recipe.contents([
      { pointer: pointer(...path, 'config'), place: 'configuration' },
      // An address that starts the recipe is as good as a key.
      { pointer: pointer(...path, 'webhook_url'), place: 'configuration', secret: true },
      ...labels,
    ]),
  });
  const host = { id, name, platform: 'workato', path: document.path, state };
  const answers = literalTarget(at(told, 'webhook_url'))?.addresses ?? [];
  const unique = new Map([...recipe.connections.values()].map((item) => [item.record.id, item]));
  return {
    items: [
      main,
      ...unique.values(),
      ...inboundEndpoints(host, graph, () => answers),
      ...outboundEndpoints(host, calls),
    ],
    problems,
  };
}

/** Each of Workato's data centres counts for itself: only with the time of its making is a number one recipe's alone. */
function knownAs(recipe: Part): string[] | undefined {
  const number = idAt(recipe, 'id');
  const made = instant(at(recipe, 'created_at'));
  return number === undefined || made === undefined ? undefined : [publicName('workato-recipe', `${number}@${made}`)];
}

function stateOf(recipe: Part): WorkflowState {
  const running = at(recipe, 'running');
  return typeof running === 'boolean' ? (running ? 'active' : 'inactive') : 'unknown';
}

/** `user_id` is the workspace's, whoever the author: it names nobody. */
function makersOf(recipe: Part): (Attribution | undefined)[] {
  const editor = versionAuthor(recipe);
  const author = textAt(recipe, 'author_name');
  const who = author !== undefined && author === editor.name ? editor : { name: author };
  return [
    attributed('created-by', who, 'creator-field', { evidence: 'author_name' }),
    attributed('edited-by', editor, 'editor-field', { evidence: 'version_author_email' }),
  ];
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
