import {
  attributed,
  container,
  instant,
  link,
  localId,
  pointer,
  publicName,
  reference,
  sharedId,
  workflow,
  type Attribution,
  type Content,
  type Document,
  type Item,
  type Label,
  type Link,
  type Parsed,
  type WorkflowState,
} from '../../sdk/index.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { mailboxIn } from '../hosts.ts';
import type { TagsTell } from '../resource-tags.ts';
import { at, idAt, textAt, type Part } from '../tree.ts';
import { childFlows } from './child-flows.ts';
import { readDefinition } from './definition.ts';
import type { FlowPlace } from './places.ts';
import {
  connectionReferencesOf,
  lastSegment,
  readConnectionRefs,
  type ConnectionContext,
  type ConnectionRef,
  type ConnectionRefs,
} from './references.ts';

/** A flow in its document, and what its surroundings add. */
export interface Flow {
  document: Document;
  format: string;
  platform: 'power-automate' | 'logic-apps';
  place: FlowPlace;
  native?: string | undefined;
  name?: string | undefined;
  instance?: string | undefined;
  state?: WorkflowState | undefined;
  managed?: boolean | undefined;
  version?: string | undefined;
  defined?: ConnectionContext['defined'];
  /** Connections that a neighbour keeps for several flows: the flow uses those that its steps name. */
  kept?: ConnectionRefs;
  attributions?: readonly (Attribution | undefined)[];
  /** The record of a flow that it calls, where it is known which that is. */
  child?(name: string): string | undefined;
  /** What the tags of its resource say. */
  told?: TagsTell;
  links?: readonly Link[];
  /** What to scan, given what the steps are called. */
  contents(labels: readonly Label[]): readonly Content[];
}

/** A flow's records: itself, the connections that it names, the endpoints that it opens and calls. */
export function flowRecords(flow: Flow): Parsed {
  const { document, platform, place } = flow;
  const properties = at(document.tree, ...place.properties);
  const environment = flow.instance ?? environmentOf(properties);
  const own = readConnectionRefs(connectionReferencesOf(properties), {
    platform,
    instance: environment,
    ...(flow.defined && { defined: flow.defined }),
  });
  const kept = flow.kept ?? new Map<string, ConnectionRef>();
  const callers = { accessControl: at(properties, 'accessControl'), logicApp: platform === 'logic-apps' };
  const refs = new Map([...kept, ...own]);
  const definition = readDefinition(at(document.tree, ...place.definition), place.definition, refs, callers);
  const named = new Set(definition.graph.steps.map((step) => step.connection));
  const used = [...own.values(), ...[...kept.values()].filter(({ id: known }) => named.has(known))];
  const id = localId(document, flow.native);
  const name = flow.name ?? textAt(properties, 'displayName') ?? fileTitle(document.path);
  const state = flow.state ?? stateOf(properties);
  const home = platform === 'logic-apps' || environment === undefined ? [] : [environmentRecord(platform, environment)];
  const connections = new Map(used.map((ref) => [ref.id, ref.item]));
  const main = workflow({
    id,
    name,
    platform,
    format: flow.format,
    state,
    graph: definition.graph,
    managed: flow.managed ?? booleanAt(properties, 'isManaged'),
    at: { path: document.path, pointer: pointer(...place.resource) },
    knownAs: platform === 'power-automate' ? knownAs(flow.native) : undefined,
    createdAt: instant(at(properties, 'createdTime')),
    updatedAt: instant(
      at(properties, 'lastModifiedTime') ??
        at(properties, 'changedTime') ??
        at(document.tree, ...place.definition, 'metadata', 'clientLastModifiedTime'),
    ),
    versions: flow.version === undefined ? undefined : [{ id: flow.version }],
    links: [
      ...(flow.links ?? []),
      ...home.map(({ record }) => link('contained-in', 'container', record.id)),
      ...[...connections.keys()].map((connection) => link('uses', 'connection', connection)),
      ...childFlows(at(document.tree, ...place.definition)).flatMap((called) => {
        const child = flow.child?.(called);
        return child === undefined ? [] : link('uses', 'workflow', child);
      }),
    ],
    environment: flow.told?.environment,
    tags: flow.told?.tags,
    attributions: [
      ...makers(properties, at(document.tree, ...place.definition)),
      ...(flow.attributions ?? []),
      ...(flow.told?.attributions ?? []),
    ],
    gaps: { lastRunAt: 'not-seen', sharedWith: 'not-seen', ...(state === 'unknown' && { state: 'not-seen' }) },
    contents: flow.contents([
      { pointer: pointer(...place.properties, 'connectionReferences'), place: 'configuration' },
      ...definition.labels,
    ]),
  });
  const host = { id, name, platform, path: document.path, state };
  return {
    items: [
      ...home,
      main,
      ...connections.values(),
      ...inboundEndpoints(host, definition.graph),
      ...outboundEndpoints(host, definition.calls),
    ],
    problems: definition.problems,
  };
}

/** The environment that holds a flow, as something that others define. */
export function environmentRecord(platform: string, name: string): Item<'container'> {
  return reference(
    container({ id: sharedId(platform, undefined, 'environment', name), name, type: 'environment', platform }),
  );
}

/** What the solution packager puts behind a flow's name: the id of the flow. */
const packed = /(?<=.)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** The flow's id in the name of a file that the solution packager wrote. */
export function packedId(file: string): string | undefined {
  return packed.exec(file.replace(/\.[a-z]+$/i, ''))?.[1]?.toLowerCase();
}

/** A title for what has none: the file's or the folder's name. */
export function fileTitle(path: string): string {
  const parts = path.split(/!?\//);
  const file = (parts.at(-1) ?? path).replace(/\.[a-z]+$/i, '');
  return /^(?:workflow|definition)$/i.test(file) ? (parts.at(-2) ?? file) : file.replace(packed, '');
}

/** The names by which lists of flows know it: the id of the flow, be it the interface's or Dataverse's. */
function knownAs(native: string | undefined): string[] | undefined {
  return GUID.test(native ?? '') ? [publicName('power-automate-flow', native ?? '')] : undefined;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function environmentOf(properties: Part): string | undefined {
  return idAt(properties, 'environment', 'name') ?? lastSegment(textAt(properties, 'environment', 'id'));
}

function stateOf(properties: Part): WorkflowState {
  switch (textAt(properties, 'state')?.toLowerCase()) {
    case 'started':
    case 'enabled':
      return 'active';
    case 'stopped':
    case 'suspended':
    case 'disabled':
      return 'inactive';
    default:
      return 'unknown';
  }
}

function booleanAt(value: Part, key: string): boolean | undefined {
  const found = at(value, key);
  return typeof found === 'boolean' ? found : undefined;
}

function makers(properties: Part, definition: Part): (Attribution | undefined)[] {
  const inDefinition = at(definition, 'metadata', 'creator');
  const inAnswer = at(properties, 'creator');
  return [
    isPerson(textAt(inAnswer, 'userType'))
      ? attributed('created-by', { id: textAt(inAnswer, 'objectId') ?? textAt(inAnswer, 'userId') }, 'creator-field', {
          evidence: 'properties.creator',
        })
      : undefined,
    isPerson(textAt(inDefinition, 'type'))
      ? attributed('created-by', { id: textAt(inDefinition, 'id') }, 'creator-field', {
          evidence: 'definition.metadata.creator',
        })
      : undefined,
  ];
}

/** Is a creator of this type a person, rather than an application? */
export function isPerson(type: string | undefined): boolean {
  return type === undefined || !/principal|application/i.test(type);
}

/** A person as a manifest names them: by address, or by display name; `N/A` is nobody. */
export function named(rel: Attribution['rel'], name: string | undefined, evidence: string): Attribution | undefined {
  if (name === undefined || /^n\/?a$/i.test(name)) return undefined;
  const email = mailboxIn(name);
  return attributed(rel, email === undefined ? { name } : { email }, 'creator-field', { evidence });
}
