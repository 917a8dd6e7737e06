import {
  connection,
  link,
  localId,
  pointer,
  type Authentication,
  type Document,
  type Item,
  type Json,
  type Link,
  type Tool,
} from '../../sdk/index.ts';
import { literalTarget } from '../hosts.ts';
import { effectOf } from '../roles.ts';
import { at, listAt, textAt } from '../tree.ts';
import { serverRecords } from './server-records.ts';

/** One way in which a plugin of Microsoft 365 Copilot reaches out: a server of tools, or an API. */
export interface Runtime {
  name: string;
  path: readonly [string, number];
  kind: 'server' | 'api';
  url: string | undefined;
  authentication: Authentication;
  tools: readonly Tool[];
}

const MANIFEST = /(?:^|\/)[^/]*declarativeagent[^/]*\.json$/i;

/** A declarative agent stands in one folder with the plugins that its actions name. */
export const pluginsBeside = (path: string): readonly string[] => (MANIFEST.test(path) ? ['*.json'] : []);

/** https://learn.microsoft.com/microsoft-365-copilot/extensibility/api-plugin-manifest-2.4 */
export function runtimes(tree: Json | undefined): Runtime[] {
  const name = textAt(tree, 'name_for_human');
  if (name === undefined || !textAt(tree, 'schema_version')?.startsWith('v2')) return connectors(tree);
  const all = listAt(tree, 'runtimes');
  return all.map((runtime, position) => {
    const kind = textAt(runtime, 'type') === 'RemoteMCPServer' ? 'server' : 'api';
    const run = listAt(runtime, 'run_for_functions');
    const functions = listAt(tree, 'functions').filter(
      (one) => run.length === 0 || run.includes(at(one, 'name') ?? null),
    );
    return {
      name: all.length === 1 ? name : `${name} ${position + 1}`,
      path: ['runtimes', position],
      kind,
      url: textAt(runtime, 'spec', 'url'),
      authentication: authenticationOf(textAt(runtime, 'auth', 'type')),
      tools: functions.flatMap((one) => toolOf(one)),
    };
  });
}

/** https://learn.microsoft.com/microsoft-365/copilot/extensibility/configure-plugin-mcp-servers : in an app's manifest. */
function connectors(tree: Json | undefined): Runtime[] {
  return listAt(tree, 'agentConnectors').flatMap((connector, position): Runtime[] => {
    const server = at(connector, 'toolSource', 'remoteMcpServer');
    if (server === undefined) return [];
    const name = textAt(connector, 'displayName') ?? textAt(connector, 'id') ?? `connector ${position + 1}`;
    const authentication = authenticationOf(textAt(server, 'authorization', 'type'));
    const url = textAt(server, 'mcpServerUrl');
    return [{ name, path: ['agentConnectors', position], kind: 'server', url, authentication, tools: [] }];
  });
}

function authenticationOf(type: string | undefined): Authentication {
  const known: { readonly [type: string]: Authentication } = {
    None: 'none',
    OAuthPluginVault: 'oauth',
    ApiKeyPluginVault: 'api-key',
  };
  return known[type ?? ''] ?? 'unknown';
}

/** https://learn.microsoft.com/plugins/plugin-confirmation-prompts : what changes something asks, unless it is told not to. */
function toolOf(one: Json): Tool[] {
  const name = textAt(one, 'name');
  if (name === undefined) return [];
  const effect = effectOf(name);
  const unasked = effect === 'read' || textAt(one, 'capabilities', 'confirmation', 'type') === 'None';
  return [{ name, effect, approval: unasked ? 'none' : 'required' }];
}

/** The server of tools with its address, or the connection to an API. */
export function runtimeItems(document: Document, runtime: Runtime): Item[] {
  const { name, kind, url, authentication } = runtime;
  const where = pointer(...runtime.path);
  const id = localId(document, where.slice(1));
  const place = { path: document.path, pointer: where };
  if (kind === 'server') {
    return serverRecords(
      { url: url ?? null },
      { id, name, at: place, status: 'unknown', runsLocallyAs: 'caller', authentication },
    );
  }
  return [
    connection({
      id,
      name,
      platform: 'microsoft-365-copilot',
      // An API is described in a file of its own, or under an address.
      connector: literalTarget(url)?.host ?? name,
      authentication,
      at: place,
    }),
  ];
}

/** What the plugins that an agent's actions name let it call, and what it calls that through. */
export function actionsOf(document: Document): { tools: Tool[]; links: Link[] } {
  const files = listAt(document.tree ?? null, 'actions').flatMap((action) => textAt(action, 'file') ?? []);
  const used = files.flatMap((file) => {
    const plugin = document.neighbours?.get(file.replace(/^\.\//, ''));
    return plugin === undefined ? [] : runtimes(plugin.tree).map((runtime) => ({ plugin, runtime }));
  });
  return {
    tools: used.flatMap(({ runtime }) => runtime.tools),
    links: used.map(({ plugin, runtime }) =>
      link(
        'uses',
        runtime.kind === 'server' ? 'identity' : 'connection',
        localId(plugin, pointer(...runtime.path).slice(1)),
      ),
    ),
  };
}
