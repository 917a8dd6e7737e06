import {
  pointer,
  type Authentication,
  type Component,
  type Edge,
  type Label,
  type Step,
  type Tool,
  type Trigger,
  type TriggerKind,
} from '../../sdk/index.ts';
import type { Call } from '../endpoints.ts';
import { literalTarget } from '../hosts.ts';
import { effectOf, roleOf, roleOfMethod } from '../roles.ts';
import { provesCaller } from '../secret-headers.ts';
import { at, entriesAt, idAt, listAt, textAt, type Part } from '../tree.ts';

type Path = readonly (string | number)[];

/** A node of the canvas, or one of the parts that a simple app is made of. */
export interface Node {
  id: string;
  label: string;
  /** `http-request`, `tool`, `llm`. */
  type: string;
  data: Part;
  path: Path;
  /** The model decides when it runs. */
  tool: boolean;
}

/** Plugins with the version that the app was made with, by `author/name`. */
export type Plugins = ReadonlyMap<string, Component>;

const NODES = ['workflow', 'graph', 'nodes'];
const PLUGIN = /^([\w.-]+\/[\w.-]+):([\w.+-]+)@[0-9a-f]{32,}$/;

/**
 * What starts an app; people talk to a chat, and other programs call with a key of the app. Of a webhook, Dify asks for
 * nothing but its address: https://github.com/langgenius/dify/blob/main/api/controllers/trigger/webhook.py
 */
const STARTS: { readonly [type: string]: Pick<Trigger, 'kind' | 'authentication'> } = {
  'trigger-webhook': { kind: 'webhook', authentication: 'none' },
  'trigger-schedule': { kind: 'schedule', authentication: 'session' },
  'trigger-plugin': { kind: 'event', authentication: 'unknown' },
};
const METHOD = /^(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)$/;
const READS = new Set(['knowledge-retrieval', 'datasource']);

/** The nodes of a workflow in the order of the file; notes on the canvas are none. */
export function nodesOf(tree: Part): Node[] {
  return listAt(tree, ...NODES).flatMap((node, index): Node[] => {
    const data = at(node, 'data');
    const id = idAt(node, 'id');
    const type = textAt(data, 'type');
    if (id === undefined || type === undefined) return [];
    return [{ id, label: textAt(data, 'title') ?? id, type, data, path: [...NODES, index], tool: false }];
  });
}

/** A simple app is its model, and the tools that an agent among them has. */
export function simpleNodes(tree: Part, name: string): Node[] {
  const config = at(tree, 'model_config');
  const tools = listAt(config, 'agent_mode', 'tools').flatMap((tool, index): Node[] => {
    const label = textAt(tool, 'tool_label') ?? textAt(tool, 'tool_name');
    if (label === undefined || at(tool, 'enabled') === false) return [];
    const path = ['model_config', 'agent_mode', 'tools', index];
    return [{ id: `tool-${index + 1}`, label, type: 'tool', data: tool, path, tool: true }];
  });
  return [{ id: 'model', label: name, type: 'llm', data: config, path: ['model_config'], tool: false }, ...tools];
}

export function edgesOf(tree: Part, nodes: readonly Node[]): Edge[] {
  const ids = new Set(nodes.map((node) => node.id));
  const drawn = listAt(tree, 'workflow', 'graph', 'edges').map((edge) => [idAt(edge, 'source'), idAt(edge, 'target')]);
  // What an iteration repeats begins with a node of its own, to which no line is drawn.
  const repeated = nodes.map((node) => [node.id, idAt(node.data, 'start_node_id')]);
  const used = nodes.filter((node) => node.tool).map((node) => ['model', node.id]);
  return [...drawn, ...repeated, ...used].flatMap(([from, to]) =>
    from !== undefined && to !== undefined && ids.has(from) && ids.has(to) ? [{ from, to }] : [],
  );
}

export function stepOf(node: Node, plugins: Plugins): Step {
  const { id, label, type, data, path, tool } = node;
  const { connector, operation } = connectorOf(node);
  const target = type === 'http-request' ? literalTarget(textAt(data, 'url')) : undefined;
  const component = plugins.get(connector.split('/').slice(0, 2).join('/'));
  return {
    id,
    label,
    connector,
    ...(operation !== undefined && { operation }),
    role: roleOfNode(node, operation) ?? 'transform',
    ...(type === 'code' && { code: /python/i.test(textAt(data, 'code_language') ?? '') ? 'python' : 'javascript' }),
    ...(component !== undefined && { component }),
    ...(target !== undefined && { destinations: [target.host] }),
    ...(tool && { tool }),
    pointer: pointer(...path),
  };
}

function connectorOf({ type, data }: Node): { connector: string; operation: string | undefined } {
  if (type === 'tool')
    return {
      connector: textAt(data, 'provider_id') ?? providerOf(data) ?? 'tool',
      operation: textAt(data, 'tool_name'),
    };
  if (type === 'http-request') {
    const method = textAt(data, 'method')?.toUpperCase();
    return { connector: type, operation: METHOD.test(method ?? '') ? method : undefined };
  }
  const model = at(data, 'model');
  return { connector: textAt(model, 'provider') ?? type, operation: textAt(model, 'name') };
}

function providerOf(tool: Part): string | undefined {
  return textAt(tool, 'provider_name') ?? textAt(tool, 'provider');
}

function roleOfNode({ type, data }: Node, operation: string | undefined): Step['role'] {
  if (type === 'http-request') return roleOfMethod(textAt(data, 'method'));
  if (type === 'tool') return roleOf(operation);
  return READS.has(type) ? 'source' : undefined;
}

/** How an app is started; who may open the page that Dify gives a chat is not exported. */
export function triggersOf(nodes: readonly Node[], mode: string): Trigger[] {
  const kind: TriggerKind = /chat/.test(mode) ? 'chat' : 'call';
  return nodes.flatMap(({ id, type }) => {
    if (Object.hasOwn(STARTS, type)) return [{ step: id, ...STARTS[type]! }];
    return type === 'start' || id === 'model' ? [{ step: id, kind, authentication: 'unknown' as const }] : [];
  });
}

export function callOf({ type, data, label, path }: Node): Call[] {
  const target = type === 'http-request' ? literalTarget(textAt(data, 'url')) : undefined;
  if (target === undefined) return [];
  const unverified = at(data, 'ssl_verify') === false;
  const authentication = requestAuthentication(data);
  return [
    { ...target, step: label, pointer: pointer(...path), authentication, ...(unverified && { verifyTls: false }) },
  ];
}

function requestAuthentication(data: Part): Authentication {
  if (textAt(data, 'authorization', 'type') === 'api-key') {
    const type = textAt(data, 'authorization', 'config', 'type');
    return type === 'basic' ? 'basic' : type === 'bearer' ? 'header' : 'api-key';
  }
  // One header a line: `Authorization:{{#env.token#}}`.
  const names = (textAt(data, 'headers') ?? '').split('\n').flatMap((line) => /^([^:]+):/.exec(line)?.[1] ?? []);
  return names.some(provesCaller) ? 'header' : 'unknown';
}

/** What an agent node may call without asking anybody. */
export function agentTools({ data }: Node): Tool[] {
  return listAt(data, 'agent_parameters', 'tools', 'value').flatMap((tool) => {
    const name = textAt(tool, 'tool_name');
    if (name === undefined || at(tool, 'enabled') === false) return [];
    return [{ name, effect: effectOf(name), approval: 'none' as const }];
  });
}

/** `langgenius/openai:0.0.12@604c…`: the digest holds a plugin to what it was. */
export function pluginsOf(tree: Part): Plugins {
  const found = listAt(tree, 'dependencies').flatMap((dependency) =>
    entriesAt(dependency, 'value').flatMap(([, value]): [string, Component][] => {
      const [, name, version] = PLUGIN.exec(textAt(value) ?? '') ?? [];
      if (name === undefined || version === undefined) return [];
      const origin = name.startsWith('langgenius/') ? 'verified' : 'community';
      return [[name, { name, version, pinned: true, origin }]];
    }),
  );
  return new Map(found);
}

/** What a part of the document is called, and the values that Dify itself keeps as secrets. */
export function labelsOf(tree: Part, nodes: readonly Node[]): Label[] {
  const secret = (...path: Path): Label => ({ pointer: pointer(...path), place: 'definition', secret: true });
  const variables = listAt(tree, 'workflow', 'environment_variables').flatMap((variable, index) =>
    textAt(variable, 'value_type') === 'secret' ? [secret('workflow', 'environment_variables', index, 'value')] : [],
  );
  const keys = nodes
    .filter(({ data }) => textAt(data, 'authorization', 'type') === 'api-key')
    .map(({ path }) => secret(...path, 'data', 'authorization', 'config', 'api_key'));
  const steps = nodes.map(({ path, label }): Label => ({
    pointer: pointer(...path),
    step: label,
    place: 'definition',
  }));
  return [...steps, ...variables, ...keys];
}
