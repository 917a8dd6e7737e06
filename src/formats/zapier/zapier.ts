import { createHash } from 'node:crypto';
import {
  attributed,
  connection,
  defineFormat,
  link,
  localId,
  pointer,
  reference,
  sharedId,
  workflow,
  type Document,
  type Edge,
  type Item,
  type Parsed,
} from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { joined } from '../once.ts';
import { at, entriesAt, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import { example } from './example.ts';
import { callOf, readNodes, stepOf, triggerOf, type Node } from './nodes.ts';

function isZap(zap: Part): boolean {
  return entriesAt(zap, 'nodes').some(([, node]) => textAt(node, 'selected_api') !== undefined);
}

/** Zaps as an account's data export holds them. */
export const zapierExport = defineFormat({
  id: 'zapier-export',
  title: 'Zapier export',
  platform: 'zapier',
  recognise: ({ tree, members }) =>
    members === undefined && isObject(at(tree, 'metadata')) && listAt(tree, 'zaps').some((zap) => isZap(zap)),
  parse(document) {
    const zaps = listAt(document.tree, 'zaps').map((zap, index) => ({ zap, path: ['zaps', index] }));
    const readable = zaps.filter(({ zap }) => isObject(at(zap, 'nodes')));
    const paths = readable.map(({ path }) => path);
    const problems = zaps
      .filter((one) => !readable.includes(one))
      .map(({ path }) => ({ pointer: pointer(...path), detail: 'A zap has no steps that could be read.' }));
    return joined([
      ...readable.map(({ zap, path }, index) => readZap(document, zap, path, paths, index)),
      { items: [], problems },
    ]);
  },
  example,
});

type Path = readonly (string | number)[];

function readZap(document: Document, zap: Part, path: Path, paths: readonly Path[], index: number): Parsed {
  const nodes = readNodes(zap, path);
  const connections = new Map(nodes.flatMap((node) => connectionOf(node) ?? []).map((item) => [item.record.id, item]));
  const known = new Set(nodes.map((node) => node.id));
  const [root] = nodes.filter((node) => node.parent === undefined);
  const steps = nodes.map((node) => stepOf(node, connectionOf(node)?.record.id));
  const graph = { steps, edges: edgesOf(nodes, known), triggers: root ? [triggerOf(root)] : [] };
  const id = localId(document, pointer(...path));
  const name = textAt(zap, 'title') ?? textAt(root?.value, 'title') ?? `Zap ${idAt(zap, 'id') ?? index + 1}`;
  const state = at(root?.value, 'paused') === true ? 'inactive' : 'unknown';
  const labels = nodes.map((node) => ({ pointer: node.pointer, step: node.label, place: 'definition' as const }));
  const main = workflow({
    id,
    name,
    platform: 'zapier',
    format: 'zapier-export',
    state,
    graph,
    at: { path: document.path, pointer: pointer(...path) },
    links: [...connections.keys()].map((connection) => link('uses', 'connection', connection)),
    attributions: [
      attributed('created-by', { id: idAt(root?.value, 'triple_stores', 'created_by') }, 'creator-field', {
        evidence: 'triple_stores.created_by',
      }),
    ],
    gaps: { lastRunAt: 'not-seen', sharedWith: 'not-seen', ...(state === 'unknown' && { state: 'not-seen' }) },
    contents: divided(document, paths, index, labels),
  });
  const host = { id, name, platform: 'zapier', path: document.path, state } as const;
  const calls = nodes.flatMap((node) => callOf(node) ?? []);
  const lost = nodes.filter((node) => node.parent !== undefined && !known.has(node.parent));
  return {
    items: [main, ...connections.values(), ...inboundEndpoints(host, graph), ...outboundEndpoints(host, calls)],
    problems: lost.map((node) => ({ pointer: node.pointer, detail: 'parent_id names a step that is not there.' })),
  };
}

function edgesOf(nodes: readonly Node[], known: ReadonlySet<string>): Edge[] {
  return nodes.flatMap(({ id, parent }) => (parent !== undefined && known.has(parent) ? { from: parent, to: id } : []));
}

/** The account that a step runs on. The id is opaque and the same wherever it is reused, so a hash of it will do. */
function connectionOf({ app, authentication }: Node): Item<'connection'> | undefined {
  if (authentication === undefined) return undefined;
  const short = /^\d{1,15}$/.test(authentication)
    ? authentication
    : createHash('sha256').update(authentication).digest('hex').slice(0, 16);
  return reference(
    connection({
      id: sharedId('zapier', undefined, app, short),
      name: `${app} ${short.slice(0, 8)}`,
      platform: 'zapier',
      connector: app,
      subject: 'unknown',
      gaps: { account: 'not-supported', status: 'not-supported', authentication: 'not-supported' },
    }),
  );
}
