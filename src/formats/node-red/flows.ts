import { container, defineFormat, link, localId, workflow } from '../../sdk/index.ts';
import type { Document, Graph, Item, Link, Secret, Workflow } from '../../sdk/index.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { at, textAt } from '../tree.ts';
import { uniqueIds } from '../unique-ids.ts';
import { addressesOf } from './answering.ts';
import { brokerRecord, connectionId, connectionRecord, isConnection } from './config-nodes.ts';
import { contentOf, restOf } from './contents.ts';
import { example } from './example.ts';
import { isConfig, isPlace, labelOf, pointerTo, readFlows, type Entry, type FlowsFile } from './flows-file.ts';
import { draw } from './graph.ts';
import { attributionsOf } from './people.ts';
import { callersBy } from './settings.ts';

/**
 * Flows of Node-RED: `flows.json`, downloads, and answers of its admin API (version 1 and 2). Each tab and subflow is
 * a workflow; the file itself is the project that holds them. https://nodered.org/docs/user-guide/editor/workspace/import-export
 */
export const nodeRedFlows = defineFormat({
  id: 'node-red-flows',
  title: 'Node-RED flows',
  platform: 'node-red',
  recognise: (document) => readFlows(document.tree) !== undefined,
  neighbours: settingsFiles,
  parse(document) {
    const file = readFlows(document.tree);
    if (file === undefined) return { items: [], problems: [] };
    const parts = divide(document, file);
    const configs = file.entries.filter(isConfig);
    const connections = once(configs.filter(isConnection));
    const others = configs.filter((entry) => !connections.includes(entry));
    const project = container({
      id: localId(document),
      name: fileName(document.path),
      type: 'project',
      platform: 'node-red',
      at: { path: document.path },
      contents: [restOf(document, file, others)],
    });
    return {
      items: [
        project,
        ...parts.flatMap((part) => readPart(document, file, part, parts)),
        ...connections.flatMap((entry) => [
          connectionRecord(document, file, entry, [contentOf(document, file, [entry], 'configuration')]),
          ...brokerRecord(document, file, entry, stateOf(file, undefined)),
        ]),
      ],
      problems: file.odd.map((index) => ({
        pointer: `/${[...file.list, index].join('/')}`,
        detail: 'This entry of the list has no id or no type.',
      })),
    };
  },
  example,
});

/** The settings lie beside the flows, or above the folder of projects. */
function settingsFiles(path: string): string[] {
  if (!/(?:^|\/)flows?[^/]*\.json$/i.test(path)) return [];
  return /(?:^|\/)projects\/[^/]+\/[^/]+$/.test(path) ? ['settings.js', '../../settings.js'] : ['settings.js'];
}

/** Whether callers have to sign in stands in the settings; what the flows leave open is as they say. */
function signedIn(graph: Graph, { neighbours }: Document): Graph {
  const [settings] = [...(neighbours?.values() ?? [])];
  const callers = settings && callersBy(settings.text);
  if (callers === undefined) return graph;
  const triggers = graph.triggers.map((trigger) =>
    trigger.authentication === 'unknown' && (trigger.kind === 'webhook' || trigger.kind === 'form')
      ? { ...trigger, authentication: callers }
      : trigger,
  );
  return { ...graph, triggers };
}

/** A tab or subflow with what stands on it; without a place where the export left the tab out. */
interface FlowPart {
  id: string;
  name: string;
  place: Entry | undefined;
  nodes: readonly Entry[];
}

function divide(document: Document, file: FlowsFile): FlowPart[] {
  const places = file.entries.filter((entry) => isPlace(entry.type));
  const nodes = Map.groupBy(
    file.entries.filter((entry) => !isPlace(entry.type) && !isConfig(entry)),
    (entry) => entry.z ?? '',
  );
  const fresh = uniqueIds();
  const placed = places.map((place) => {
    const own = nodes.get(place.id) ?? [];
    nodes.delete(place.id);
    return { id: fresh(localId(document, place.id)), name: labelOf(place), place, nodes: own };
  });
  const loose = [...nodes].map(([z, own]) => ({
    id: fresh(localId(document, z === '' ? 'flow' : z)),
    name: fileName(document.path),
    place: undefined,
    nodes: own,
  }));
  return [...placed, ...loose];
}

function readPart(document: Document, file: FlowsFile, part: FlowPart, all: readonly FlowPart[]): Item[] {
  const { id, name, place } = part;
  const drawn = draw(file, part.nodes, (node) => connectionId(document, node));
  const graph = signedIn(drawn.graph, document);
  const state = stateOf(file, place);
  const version = textAt(place?.node, 'meta', 'version');
  const entries = place === undefined ? part.nodes : [place, ...part.nodes];
  const record = workflow({
    id,
    name,
    platform: 'node-red',
    format: 'node-red-flows',
    state,
    graph,
    versions: version === undefined ? undefined : [{ id: version }],
    attributions: attributionsOf(place?.node, part.nodes),
    at: { path: document.path, ...(place !== undefined && { pointer: pointerTo(file, place) }) },
    links: linksOf(document, file, drawn, part, all),
    contents: [contentOf(document, file, entries, 'definition')],
  });
  const host = { id, name, platform: 'node-red', path: document.path, state };
  const answering = (step: string): Secret[] => addressesOf(file.byId.get(step)?.node, document.servedAt);
  return [record, ...inboundEndpoints(host, graph, answering), ...outboundEndpoints(host, drawn.calls)];
}

function linksOf(
  document: Document,
  file: FlowsFile,
  drawn: ReturnType<typeof draw>,
  part: FlowPart,
  all: readonly FlowPart[],
): Link[] {
  const byPlace = new Map(all.map((one) => [one.place?.id, one.id]));
  const others = drawn.leadsTo.flatMap((to) => byPlace.get(to) ?? byPlace.get(file.byId.get(to)?.z ?? to) ?? []);
  const configs = drawn.configs.map((entry) => connectionId(document, entry.id));
  return [
    link('contained-in', 'container', localId(document)),
    ...[...new Set(configs)].map((to) => link('uses', 'connection', to)),
    ...[...new Set(others)].filter((to) => to !== part.id).map((to) => link('uses', 'workflow', to)),
  ];
}

/** A file on disk may be a backup; only an answer of the admin API says that its flows are deployed. */
function stateOf(file: FlowsFile, place: Entry | undefined): Workflow['state'] {
  if (at(place?.node, 'disabled') === true) return 'inactive';
  return file.deployed ? 'active' : 'unknown';
}

/** The first of each id: a merged file can hold a configuration node twice. */
function once(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.toReversed().map((entry) => [entry.id, entry])).values()].toReversed();
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.json"?$/i, '') || path;
}
