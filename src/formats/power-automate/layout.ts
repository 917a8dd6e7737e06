import { localId, type Document } from '../../sdk/index.ts';
import { elements } from '../xml.ts';

/** Where a solution keeps its files: a zip has all of them at hand, of an unpacked one they are where they belong. */
interface Layout {
  /** Before the path of each of its files. */
  root: string;
  /** The packager writes `Connectors` where the zip has `Connector`. */
  connectors: string;
}

function layoutOf({ path, members }: Document): Layout {
  if (members !== undefined) return { root: `${path}!/`, connectors: 'Connector' };
  const packaged = /(?:^|\/)Other\/[^/]+$/i.exec(path);
  if (packaged === null) return { root: path.slice(0, path.lastIndexOf('/') + 1), connectors: 'Connector' };
  const root = path.slice(0, packaged.index);
  return { root: root === '' ? '' : `${root}/`, connectors: 'Connectors' };
}

/** The whole path of a file of a solution; undefined for one that its zip has not. */
function pathIn(home: Document, path: string): string | undefined {
  const { root } = layoutOf(home);
  if (home.members === undefined) return root + path;
  const wanted = path.toLowerCase();
  const found = [...home.members.keys()].find((member) => member.toLowerCase() === wanted);
  return found === undefined ? undefined : root + found;
}

/** Id of the endpoint that a custom connector of this name is, in the solution of this manifest or zip. */
export function connectorId(home: Document, name: string): string | undefined {
  const path = pathIn(home, `${layoutOf(home).connectors}/${name}_openapidefinition.json`);
  return path === undefined ? undefined : localId({ path });
}

/** Id of the agent of this name in the solution of this manifest or zip. */
export function agentId(home: Document, schema: string): string | undefined {
  const path = pathIn(home, `bots/${schema}/bot.xml`);
  return path === undefined ? undefined : localId({ path }, schema);
}

/** One part of an agent, and what it was tied to in Dataverse: a flow's id, or a connection reference's name. */
export interface Tie {
  agent: string;
  component: string;
  target: string;
}

/** Lists under `Assets` that tie parts of agents to other parts of the solution. */
export const TIES = {
  workflow: 'botcomponent_workflowset.xml',
  connectionreference: 'botcomponent_connectionreferenceset.xml',
} as const;
const TARGETS = {
  workflow: 'workflowid.workflowid',
  connectionreference: 'connectionreferenceid.connectionreferencelogicalname',
} as const;

/** Reads one of these lists; nothing where it is not there. */
export function readTies(kind: keyof typeof TIES, list: Document | undefined): Tie[] {
  return elements(list?.text ?? '', `botcomponent_${kind}`).flatMap(({ attributes }) => {
    const component = attributes.get('botcomponentid.schemaname');
    const target = attributes.get(TARGETS[kind]);
    const agent = component?.split('.')[0];
    if (component === undefined || target === undefined || agent === undefined) return [];
    return [{ agent, component, target: kind === 'workflow' ? target.replace(/[{}]/g, '').toLowerCase() : target }];
  });
}
