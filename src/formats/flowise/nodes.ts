import type { Json } from '../../sdk/index.ts';
import { embeddedList } from '../embedded.ts';
import { at, entriesAt, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import { uniqueIds } from '../unique-ids.ts';

type Path = readonly (string | number)[];

/** A node of the canvas, or a component that is chosen within one: a model, a tool, a vector store. */
export interface Node {
  id: string;
  label: string;
  /** `chatOpenAI`, `toolAgent`, `agentAgentflow`. */
  name: string;
  /** `Chat Models`, `Tools (MCP)`; a component within a node has none. */
  category: string;
  /** What is filled in. */
  inputs: Part;
  /** What can be filled in, where the export describes it. */
  params: readonly Json[];
  /** Id of the stored credential that it is told to use. */
  credential: string | undefined;
  path: Path;
  inputsPath: Path;
  /** The node within which it is chosen. */
  within?: string;
  /** A person says yes to each call. */
  asks?: boolean;
}

const NOTE = /^stickyNote/;
/** Fields by which a node names a component; what is filled in for it stands beside, as `…Config`. */
const SELECTED_TOOL = 'agentSelectedTool';

/** Nodes of a canvas with the components within them, in the order of the file; notes are none. */
export function nodesOf(canvas: Part, canvasPath: Path): Node[] {
  const fresh = uniqueIds();
  return listAt(canvas, 'nodes').flatMap((drawn, index) => {
    const data = at(drawn, 'data');
    const name = textAt(data, 'name');
    if (name === undefined || NOTE.test(name)) return [];
    const path = [...canvasPath, 'nodes', index];
    const id = fresh(idAt(drawn, 'id') ?? idAt(data, 'id') ?? `${name} ${index + 1}`);
    const whole = { data, name, id, path };
    const node = name === 'toolAgentflow' ? chosenTool(whole) : plain(whole);
    const inner = within(at(data, 'inputs'), { id, path: [...path, 'data', 'inputs'] });
    const parts = inner.filter((part) => part.name !== node.name).map((part) => ({ ...part, id: fresh(part.id) }));
    return [node, ...parts];
  });
}

interface Whole {
  data: Part;
  name: string;
  id: string;
  path: Path;
}

function plain({ data, name, id, path }: Whole): Node {
  const inputs = at(data, 'inputs');
  return {
    id,
    label: textAt(data, 'label') ?? name,
    name,
    category: textAt(data, 'category') ?? '',
    inputs,
    params: listAt(data, 'inputParams'),
    credential: textAt(data, 'credential') ?? credentialIn(inputs),
    path,
    inputsPath: [...path, 'data', 'inputs'],
  };
}

/** A node that calls one tool is that tool. */
function chosenTool(whole: Whole): Node {
  const node = plain(whole);
  const name = textAt(node.inputs, 'toolAgentflowSelectedTool');
  if (name === undefined) return node;
  const config = at(node.inputs, 'toolAgentflowSelectedToolConfig');
  const inputsPath = [...node.inputsPath, 'toolAgentflowSelectedToolConfig'];
  return { ...node, name, category: 'Tools', inputs: config, params: [], credential: credentialIn(config), inputsPath };
}

/** Components that are chosen in what is filled in: by a name with a `…Config` beside it, in lists too. */
function within(inputs: Part, node: { id: string; path: Path }): Node[] {
  return entriesAt(inputs).flatMap(([key, value]): Node[] => {
    const path = [...node.path, key];
    if (key.endsWith('DocumentStores')) return stores(value, { id: node.id, path });
    const list =
      /^\s*\[\s*\{/.test(typeof value === 'string' ? value : '') || Array.isArray(value) ? embeddedList(value) : [];
    if (list.length > 0)
      return list.flatMap((item, index) =>
        isObject(item) ? within(item, { id: node.id, path: [...path, index] }) : [],
      );
    const config = at(inputs, `${key}Config`);
    const name = textAt(value);
    if (name === undefined || (!isObject(config) && key !== SELECTED_TOOL)) return [];
    const asks = at(inputs, `${key}RequiresHumanInput`) === true;
    return [
      {
        id: `${node.id}/${name}`,
        label: name,
        name,
        category: categoryOf(key),
        inputs: config,
        params: [],
        credential: credentialIn(config),
        path: node.path,
        inputsPath: [...node.path, `${key}Config`],
        within: node.id,
        ...(asks && { asks }),
      },
    ];
  });
}

function categoryOf(key: string): string {
  if (key === SELECTED_TOOL) return 'Tools';
  if (key === 'vectorStore') return 'Vector Stores';
  return key === 'embeddingModel' ? 'Embeddings' : 'Chat Models';
}

/** `id:name` of a store of documents, as a node remembers it. */
function stores(value: Part, node: { id: string; path: Path }): Node[] {
  return embeddedList(value).flatMap((item, index): Node[] => {
    const [id = '', ...name] = (textAt(item, 'documentStore') ?? '').split(':');
    if (id === '') return [];
    const path = [...node.path, index];
    const label = name.join(':') || 'Document store';
    const found = { id: `${node.id}/${id}`, label, name: 'documentStoreVS', category: 'Vector Stores', inputs: item };
    return [{ ...found, params: [], credential: undefined, path, inputsPath: path, within: node.id }];
  });
}

/** Under the first name since 2023 on some nodes, under the second within others. */
function credentialIn(inputs: Part): string | undefined {
  return ['FLOWISE_CREDENTIAL_ID', 'credential'].map((key) => textAt(inputs, key)).find((id) => id !== undefined);
}

/** The actions that a tool was given, of those that it offers for what it is set to: `gmailType`, `messageActions`. */
export function actionsOf({ inputs }: Node): string[] {
  const lists = entriesAt(inputs).filter(([key]) => key.endsWith('Actions'));
  const set = entriesAt(inputs).flatMap(([key, value]) => (key.endsWith('Type') ? (textAt(value) ?? []) : []));
  const ofType = lists.filter(([key]) => set.some((type) => type.startsWith(key.replace(/Actions$/, ''))));
  return (ofType.length > 0 ? ofType : lists).flatMap(([, list]) =>
    embeddedList(list).filter((action) => typeof action === 'string'),
  );
}

/** Nodes that are joined to another one's input of this name: `toolAgent_0-input-tools-Tool`. */
export function joinedTo(canvas: Part, id: string, input: string): string[] {
  return listAt(canvas, 'edges').flatMap((edge) => {
    const handle = textAt(edge, 'targetHandle') ?? '';
    return idAt(edge, 'target') === id && handle.includes(`-input-${input}-`) ? (idAt(edge, 'source') ?? []) : [];
  });
}
