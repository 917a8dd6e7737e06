import { defineFormat, link, localId, type Document, type Parsed } from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { amongMembers } from '../neighbours.ts';
import { joined } from '../once.ts';
import { isPacked } from '../power-apps/app.ts';
import { readApp } from '../power-apps/canvas-app.ts';
import { copilotStudio, readAgent } from './copilot-studio.ts';
import { powerPlatformConnector, readConnector } from './custom-connector.ts';
import { environmentVariable } from './environment-variables.ts';
import { solutionExample } from './examples.ts';
import { flowRecords, packedId } from './flow.ts';
import { TIES } from './layout.ts';
import { flowPlaces, type FlowPlace } from './places.ts';
import {
  definedBy,
  isManifest,
  memberOf,
  readCustomizations,
  readManifest,
  referenceItems,
  solutionItem,
  type Customizations,
  type Manifest,
} from './solution-xml.ts';
import { flowTies } from './ties.ts';
import { besideManifest, isUnpacked, readUnpacked } from './unpacked.ts';

const FLOW = /^Workflows\/.+\.json$/i;

/**
 * A solution, which is installed in an environment, with a publisher, a version and any number of flows: a zip, or what
 * lies around the flows that were unpacked from one.
 */
export const powerAutomateSolution = defineFormat({
  id: 'power-automate-solution',
  title: 'Power Platform solution',
  platform: 'power-automate',
  recognise: (document) => isManifest(memberOf(document, 'solution.xml')?.text ?? '') || isUnpacked(document),
  neighbours: besideManifest,
  parse: (document) => (document.members === undefined ? readUnpacked(document) : readArchive(document)),
  example: solutionExample,
});

function readArchive(document: Document): Parsed {
  const manifest = readManifest(document);
  const customizations = readCustomizations(memberOf(document, 'customizations.xml'));
  const children = memberFlows(document, customizations);
  const read = new Map<string, Parsed>();
  const others: Document[] = [];
  for (const [path, file] of document.members ?? []) {
    const [place] = FLOW.test(path) ? flowPlaces(file.tree) : [];
    if (place === undefined) others.push(file);
    else read.set(path.toLowerCase(), readFlow(document, { path, file, place, manifest, customizations, children }));
  }
  const paths = [...customizations.flows.keys(), ...[...(document.members ?? [])].map(([path]) => path.toLowerCase())];
  const unread = [...new Set(paths)].filter((path) => FLOW.test(path) && !read.has(path));
  const problems = unread.map((path) => ({
    detail: `${document.path}!/${path}: no flow definition could be read; what is there was scanned as text.`,
  }));
  const contents = [
    ...others.map((file) => contentOf(file, 'configuration')),
    ...others.flatMap((file) => environmentVariable(file)?.content ?? []),
  ];
  const connectors = others
    .filter((file) => powerPlatformConnector.recognise(file))
    .map((file) => readConnector(amongMembers(file, document, [powerPlatformConnector]), document));
  const ties = {
    list: memberOf(document, `Assets/${TIES.connectionreference}`),
    customizations: memberOf(document, 'customizations.xml'),
    called: memberOf(document, `Assets/${TIES.workflow}`),
    flows: flowIds(read, customizations),
  };
  const agents = others
    .filter((file) => copilotStudio.recognise(file))
    .flatMap((file) => readAgent(file, { home: document, manifest, others, ties }));
  const apps = others
    .filter((file) => isPacked(file))
    .map((file) =>
      readApp(file, {
        links: [link('contained-in', 'container', localId(document))],
        attributions: [manifest.publisher],
        managed: manifest.managed,
        flow: (id) => ties.flows.get(id),
      }),
    );
  const solution = { items: [solutionItem(document, manifest, contents), ...agents], problems };
  const parsed = joined([solution, ...read.values(), ...connectors, ...apps]);
  const used = parsed.items.filter(({ record }) => record.kind === 'connection').map(({ record }) => record.id);
  return { ...parsed, items: [...parsed.items, ...referenceItems(customizations, document, used)] };
}

/** The records that a solution's flows will have, by their ids in Dataverse. */
function memberFlows({ members }: Document, { flows }: Customizations): ReadonlyMap<string, string> {
  return new Map(
    [...(members ?? [])].flatMap(([path, file]) => {
      const native = flows.get(path.toLowerCase())?.native;
      const id = native ?? packedId(path);
      return FLOW.test(path) && id !== undefined ? [[id.toLowerCase(), localId(file, native ?? '')] as const] : [];
    }),
  );
}

/** Ids of the flows' records by their ids in Dataverse. */
function flowIds(read: ReadonlyMap<string, Parsed>, { flows }: Customizations): ReadonlyMap<string, string> {
  return new Map(
    [...read].flatMap(([path, { items }]) => {
      const native = flows.get(path)?.native ?? packedId(path);
      const main = items.find(({ record }) => record.kind === 'workflow');
      return native === undefined || main === undefined ? [] : [[native, main.record.id] as const];
    }),
  );
}

interface Member {
  path: string;
  file: Document;
  place: FlowPlace;
  manifest: Manifest;
  customizations: Customizations;
  children: ReadonlyMap<string, string>;
}

function readFlow(document: Document, { path, file, place, manifest, customizations, children }: Member): Parsed {
  const flow = customizations.flows.get(path.toLowerCase());
  const { items, problems } = flowRecords({
    document: file,
    format: 'power-automate-solution',
    platform: 'power-automate',
    place,
    native: flow?.native ?? '',
    name: flow?.name,
    state: flow?.state,
    managed: manifest.managed,
    version: manifest.version,
    defined: definedBy(customizations, document),
    attributions: [manifest.publisher],
    child: (called) => children.get(called.toLowerCase()),
    links: [
      link('contained-in', 'container', localId(document)),
      ...flowTies(flow?.native ?? packedId(path), document, memberOf(document, `Assets/${TIES.workflow}`)),
    ],
    contents: (labels) => [contentOf(file, 'definition', labels)],
  });
  return { items, problems: problems.map((one) => ({ ...one, detail: `${file.path}: ${one.detail}` })) };
}
