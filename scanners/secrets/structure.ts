import { pointer, type Json, type Label } from '../../src/sdk/index.ts';
import { meaning } from './names.ts';
import { labelTree, type LabelNode, type Mark } from './labels.ts';

type Container = readonly Json[] | { readonly [key: string]: Json };

/** An object or array on the way down; a chain of them is a place in the document. */
interface Frame {
  value: Container;
  parent: Frame | undefined;
  key: string;
  /** The nearest key above that is no index. */
  name: string;
  /** What the surrounding objects say they are: `n8n-nodes-base.twilio`, `service_account`. */
  kind: string;
  mark: Mark;
  labels: LabelNode | undefined;
}

/** A text in a document with the name that belongs to it. */
export interface Leaf {
  value: string;
  /** Of the field, header, parameter or variable; empty when there is none. */
  name: string;
  /** Kind, parent and name joined: what a detector that needs context looks at. */
  context: string;
  mark: Mark;
  /** RFC 6901 pointer to the text; for a text inside an embedded document, to that document. */
  pointer(): string;
}

/** Shorter keys are words; a longer one may be a value that somebody pasted into the wrong box. */
const longestWord = 15;
const deepestEmbedding = 3;
const longestEmbedded = 2_000_000;

/** Visits every text and number of a document, and of the JSON documents inside its texts; however deep, no recursion. */
export function walk(tree: Json, labels: readonly Label[], visit: (leaf: Leaf) => void): void {
  const root = labelTree(labels);
  descend(tree, { name: '', kind: '', mark: root.mark, labels: root }, '', visit, 0);
}

function descend(
  tree: Json,
  from: Pick<Frame, 'name' | 'kind' | 'mark' | 'labels'>,
  key: string,
  visit: (leaf: Leaf) => void,
  embedding: number,
): void {
  const top: Frame = { value: [tree], parent: undefined, key, ...from };
  const start = enter(top, key, tree, from.mark, from.labels);
  if (!start) return text(top, undefined, tree, from.name, from.mark, visit, embedding);
  const open: Frame[] = [{ ...start, parent: undefined, name: from.name }];
  for (let frame = open.pop(); frame; frame = open.pop()) {
    const inner: Frame[] = [];
    const parts = frame.value as { readonly [key: string]: Json };
    const listed = Array.isArray(parts);
    for (const key of Object.keys(parts)) {
      const value = parts[key]!;
      if (key.length > longestWord && !listed) visit(keyAsLeaf(frame, key));
      const labels = frame.labels?.next.get(key);
      const mark = labels ? { ...frame.mark, ...labels.mark } : frame.mark;
      const child = enter(frame, key, value, mark, labels);
      if (child) inner.push(child);
      else text(frame, key, value, nameOf(frame, key), mark, visit, embedding);
    }
    while (inner.length > 0) open.push(inner.pop()!);
  }
}

/** A key by itself: it has no name, and is no secret only because its place is one. */
function keyAsLeaf(frame: Frame, key: string): Leaf {
  const { step, place } = frame.mark;
  const mark = { ...(step !== undefined && { step }), ...(place !== undefined && { place }) };
  return { value: key, name: '', context: '', mark, pointer: () => pointerTo(frame, key) };
}

function enter(frame: Frame, key: string, value: Json, mark: Mark, labels: LabelNode | undefined): Frame | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const name = Array.isArray(frame.value) || generic.has(key) ? frame.name : key;
  return { value, parent: frame, key, name, kind: kindOf(value) ?? frame.kind, mark, labels };
}

function text(
  frame: Frame,
  key: string | undefined,
  raw: Json,
  name: string,
  mark: Mark,
  visit: (leaf: Leaf) => void,
  embedding: number,
): void {
  if (typeof raw !== 'string' && typeof raw !== 'number') return;
  const value = String(raw);
  const place = () => pointerTo(frame, key);
  const embedded = typeof raw === 'string' && embedding < deepestEmbedding ? embeddedDocument(raw) : undefined;
  if (embedded === undefined) {
    const context = `${frame.kind}.${frame.name}.${name}`;
    return visit({ value, name, context, mark, pointer: place });
  }
  descend(
    embedded,
    { name, kind: frame.kind, mark, labels: undefined },
    '',
    (leaf) => visit({ ...leaf, pointer: place }),
    embedding + 1,
  );
}

const nameKeys = [
  'name',
  'key',
  'header',
  'headerName',
  'fieldName',
  'parameterName',
  'variableName',
  'variable',
  'field',
  'param',
  'keyValue',
  'p',
  'Name',
  'Key',
  '@_key',
  '@_name',
];
const valueKeys = [
  'value',
  'val',
  'content',
  'defaultValue',
  'default',
  'currentValue',
  'initialValue',
  'stringValue',
  'valueValue',
  'literal',
  'to',
  'Value',
  '#text',
  '@_value',
];
/** Keys that say nothing about what they hold: the name is the sibling's, or the key's above. */
const generic = new Set(valueKeys);

/** Of two texts the first may name the second, unless it is an assignment itself: `A=1`. */
const word = /^[\w .-]+$/;

/** The name that belongs to a value: a sibling's, a flag's before it in a list, or the nearest key. */
function nameOf(frame: Frame, key: string): string {
  const { value } = frame;
  if (Array.isArray(value)) {
    const before: unknown = value[Number(key) - 1];
    const names = typeof before === 'string' && (before.startsWith('-') || (value.length === 2 && word.test(before)));
    if (names) return before.replace(/^-+/, '');
    return listsScopes(frame) ? 'scopes' : frame.name;
  }
  if (!generic.has(key)) return key;
  for (const candidate of nameKeys) {
    const name = own(value as { readonly [key: string]: Json }, candidate);
    if (typeof name === 'string' && name !== '') return name;
  }
  return meaning(frame.name) ? frame.name : key;
}

/** OpenAPI says scheme by scheme which scopes a call needs. https://spec.openapis.org/oas/v2.0#security-requirement-object */
function listsScopes({ parent }: Frame): boolean {
  return parent?.parent?.key === 'security' && Array.isArray(parent.parent.value);
}

const kindKeys = ['type', 'module', 'provider', 'service', 'connector', 'selected_api'];

function kindOf(value: Container): string | undefined {
  if (Array.isArray(value)) return undefined;
  for (const key of kindKeys) {
    const kind = own(value as { readonly [key: string]: Json }, key);
    if (typeof kind === 'string' && kind.length > 3 && kind.length <= 64 && kind !== 'string') return kind;
  }
  return undefined;
}

function own(object: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function embeddedDocument(text: string): Json | undefined {
  const begin = /^=?\s{0,20}[[{](?!\{)/.exec(text);
  if (!begin || text.length < 8 || text.length > longestEmbedded) return undefined;
  try {
    const parsed = JSON.parse(text.startsWith('=') ? text.slice(1) : text) as Json;
    return typeof parsed === 'object' ? parsed : undefined;
  } catch {
    // Not a document after all: it is scanned as the text that it is.
    return undefined;
  }
}

function pointerTo(frame: Frame, key: string | undefined): string {
  const tokens = key === undefined ? [] : [key];
  for (let at: Frame | undefined = frame; at?.parent; at = at.parent) tokens.unshift(at.key);
  return pointer(...tokens);
}
