import { pointer, type Edge, type Label, type Step, type Trigger } from '../../sdk/index.ts';
import type { Call } from '../endpoints.ts';
import { literalTarget, mailDomains, type Target } from '../hosts.ts';
import { roleOf, roleOfMethod } from '../roles.ts';
import { at, entriesAt, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';

type Path = readonly (string | number)[];

/** A recipe's steps in order, what follows what, the requests it makes, and what the parts are called. */
export interface RecipeSteps {
  steps: Step[];
  edges: Edge[];
  triggers: Trigger[];
  calls: Call[];
  labels: Label[];
  problems: { pointer?: string; detail: string }[];
}
interface Reader extends RecipeSteps {
  /** Connection ids by provider. */
  connections: ReadonlyMap<string, string>;
  ids: Set<string>;
}

/** Blocks that stand inside the block that they are an alternative to. */
const ALTERNATIVES = new Set(['else', 'elsif', 'catch']);
/** Providers of Workato itself that shape data or steer, and reach nothing. */
const LOCAL =
  /^(?:logger|workato_variable|workato_list|workato_template|json_parser|csv_parser|workato_recipe_function)$/;
const CODE: { readonly [provider: string]: Step['code'] } = {
  py_eval: 'python',
  js_eval: 'javascript',
  workato_custom_code: 'other',
  workato_js: 'javascript',
};

/** Reads a recipe's code, which stands at `path`: a trigger with the block of steps that it starts. */
export function readRecipe(code: Part, connections: ReadonlyMap<string, string>, path: Path): RecipeSteps {
  const read = reader(connections);
  const block = [...path, 'block'];
  if (textAt(code, 'keyword') !== 'trigger') {
    readBlock(read, listAt(code, 'block'), block, []);
    return read;
  }
  const start = addStep(read, code, path, 'trigger');
  start.role = 'source';
  read.triggers.push({ step: start.id, ...triggerOf(code) });
  readBlock(read, listAt(code, 'block'), block, [start.id]);
  return read;
}

/** What is known of a recipe that was listed without its code: which applications it starts with and acts on. */
export function outlineOf(recipe: Part, connections: ReadonlyMap<string, string>, path: Path): RecipeSteps {
  const read = reader(connections);
  const trigger = textAt(recipe, 'trigger_application');
  if (trigger !== undefined) {
    const start = addStep(read, { provider: trigger }, [...path, 'trigger_application'], 'trigger');
    start.role = 'source';
    read.triggers.push({ step: start.id, ...triggerOf({ provider: trigger }) });
  }
  for (const [index, provider] of listAt(recipe, 'action_applications').entries()) {
    if (typeof provider === 'string') addStep(read, { provider }, [...path, 'action_applications', index], 'action');
  }
  return read;
}

function reader(connections: ReadonlyMap<string, string>): Reader {
  return { steps: [], edges: [], triggers: [], calls: [], labels: [], problems: [], connections, ids: new Set() };
}

/** Each step follows the one before it, and is skipped with what holds it; answers with the steps that the block ends with. */
function readBlock(
  read: Reader,
  block: readonly Part[],
  path: Path,
  parents: readonly string[],
  off = false,
): string[] {
  let before = [...parents];
  const alternatives: string[] = [];
  for (const [index, value] of block.entries()) {
    if (!isObject(value)) {
      read.problems.push({ pointer: pointer(...path, index), detail: 'A step is not an object; it was left out.' });
      continue;
    }
    const keyword = textAt(value, 'keyword') ?? 'unknown';
    const { id, disabled } = addStep(read, value, [...path, index], keyword, off);
    // An alternative follows what its block follows; a handler may follow anything that failed before it.
    const from = !ALTERNATIVES.has(keyword) ? before : keyword === 'catch' ? [...parents, ...before] : parents;
    for (const start of new Set(from)) read.edges.push({ from: start, to: id });
    const inner = readBlock(read, listAt(value, 'block'), [...path, index, 'block'], [id], disabled);
    const ends = keyword === 'stop' ? [] : [...new Set([id, ...inner])];
    if (ALTERNATIVES.has(keyword)) alternatives.push(...ends);
    else before = ends;
  }
  return [...before, ...alternatives];
}

function addStep(read: Reader, value: Part, path: Path, keyword: string, off = false): Step {
  const here = pointer(...path);
  const native = textAt(value, 'as') ?? textAt(value, 'uuid') ?? idAt(value, 'number') ?? here;
  const id = read.ids.has(native) ? here : native;
  const provider = textAt(value, 'provider');
  const operation = textAt(value, 'name');
  const label = textAt(value, 'title') ?? ([provider, operation].filter(Boolean).join(' ') || keyword);
  const connection = provider === undefined ? undefined : read.connections.get(provider);
  const role = provider === undefined ? 'transform' : roleOfStep(provider, operation, value);
  const code =
    CODE[provider ?? ''] ?? (/(?:execute|run)_?(?:custom_)?(?:sql|query)/.test(operation ?? '') ? 'sql' : undefined);
  const skipped = off || at(value, 'skip') === true;
  const target = targetOf(provider, value);
  const destinations = [...new Set([...(target ? [target.host] : []), ...recipientDomains(value)])];
  const step: Step = {
    id,
    label,
    connector: provider ?? keyword,
    ...(operation !== undefined && { operation }),
    ...(connection !== undefined && { connection }),
    ...(role !== undefined && { role }),
    ...(code !== undefined && { code }),
    ...(provider !== undefined && isCustom(provider) && { component: { name: provider, origin: 'local' as const } }),
    ...(destinations.length > 0 && { destinations }),
    ...(skipped && { disabled: true }),
    pointer: here,
  };
  if (target && !skipped) read.calls.push({ ...target, step: label, pointer: here, authentication: 'unknown' });
  read.ids.add(id);
  read.steps.push(step);
  read.labels.push({ pointer: here, step: label, place: 'definition' });
  return step;
}

/** A connector that was built with the SDK carries the account's and the version's number. */
function isCustom(provider: string): boolean {
  return /_connector_\d+_\d+$/.test(provider);
}

function triggerOf(code: Part): Omit<Trigger, 'step'> {
  const provider = textAt(code, 'provider') ?? '';
  const operation = textAt(code, 'name') ?? '';
  if (/webhook/.test(provider)) return { kind: 'webhook', authentication: 'none' };
  // The API platform lets nobody in but API clients: by token, OAuth or JWT, which is set on the client.
  if (provider === 'workato_api_platform') return { kind: 'webhook', authentication: 'api-key' };
  if (/^workato_(?:recipe_function|service|genie)/.test(provider)) return { kind: 'call', authentication: 'session' };
  if (/^(?:clock|scheduler)$/.test(provider)) return { kind: 'schedule', authentication: 'unknown' };
  if (/^(?:slack_bot|workbot)/.test(provider)) return { kind: 'chat', authentication: 'unknown' };
  if (/^(?:email|gmail|imap)$/.test(provider) && /mail/.test(operation))
    return { kind: 'email', authentication: 'unknown' };
  return { kind: provider === '' ? 'unknown' : 'event', authentication: 'unknown' };
}

function roleOfStep(provider: string, operation: string | undefined, value: Part): Step['role'] {
  if (provider === 'workato_api_platform') return 'sink';
  if (LOCAL.test(provider)) return 'transform';
  if (operation === '__adhoc_http_action' || provider === 'rest') {
    return roleOfMethod(textAt(value, 'input', 'verb') ?? textAt(value, 'input', 'request', 'method'));
  }
  return roleOf(operation);
}

function targetOf(provider: string | undefined, value: Part): Target | undefined {
  if (provider !== 'rest' && textAt(value, 'name') !== '__adhoc_http_action') return undefined;
  const urls = [at(value, 'input', 'request', 'url'), at(value, 'input', 'url'), at(value, 'input', 'path')];
  return urls.map(literalTarget).find((target) => target !== undefined);
}

function recipientDomains(value: Part): string[] {
  return entriesAt(value, 'input').flatMap(([name, given]) =>
    /^(?:to|cc|bcc|recipients?)$/i.test(name) ? mailDomains(given) : [],
  );
}
