import { container, link, localId, onlyWithMatches, reference, type Document, type Parsed } from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { environmentVariable } from './environment-variables.ts';
import { packedId, type Flow } from './flow.ts';
import { TIES } from './layout.ts';
import { flowTies } from './ties.ts';
import {
  definedBy,
  isManifest,
  readCustomizations,
  readManifest,
  referenceItems,
  solutionItem,
} from './solution-xml.ts';

const FOLDER = /(?:^|\/)Workflows\/[^/]+\.json$/i;
const MANIFEST = /(?:^|\/)solution\.xml$/i;
/** The packager puts them into a folder; a solution that was merely unzipped has them on top. */
const FOLDERS = [
  { manifest: '../Other/Solution.xml', customizations: '../Other/Customizations.xml' },
  { manifest: '../solution.xml', customizations: '../customizations.xml' },
];
const BESIDE_MANIFEST = ['Customizations.xml', 'customizations.xml'];

/**
 * What explains a flow of an unpacked solution, as `pac solution unpack`, `clone` and `sync` lay it out.
 * https://learn.microsoft.com/power-platform/alm/solution-packager-tool
 */
export function besideFlow(path: string): string[] {
  const file = flowFile(path);
  if (file === undefined) return [];
  const solution = FOLDERS.flatMap(({ manifest, customizations }) => [manifest, customizations]);
  return [`${file}.data.xml`, ...solution, `../Assets/${TIES.workflow}`];
}

/** The name of a flow's file: in the folder of the flows, or named as the packager names them where that is the root. */
function flowFile(path: string): string | undefined {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return FOLDER.test(path) || (file.endsWith('.json') && packedId(file) !== undefined) ? file : undefined;
}

/** Where the manifest is, as seen from a folder of the solution. */
export const manifests = FOLDERS.map(({ manifest }) => manifest);

/** The manifest of the solution that a document was unpacked from, as one of its neighbours. */
export function homeOf({ neighbours }: Document): Document | undefined {
  return manifests.map((name) => neighbours?.get(name)).find((each) => isManifest(each?.text ?? ''));
}

/** What the files around a flow say of it. */
export function surroundings(document: Document): Partial<Flow> {
  const file = flowFile(document.path);
  if (file === undefined) return {};
  const { neighbours } = document;
  const home = homeOf(document);
  const folder = FOLDERS.find(({ manifest }) => home !== undefined && neighbours?.get(manifest) === home);
  const list = folder && neighbours?.get(folder.customizations);
  const customizations = readCustomizations(list);
  const [own] = readCustomizations(neighbours?.get(`${file}.data.xml`)).flows.values();
  const ties = neighbours?.get(`../Assets/${TIES.workflow}`);
  const flow = own ?? customizations.flows.get(`workflows/${file}`.toLowerCase());
  const native = flow?.native ?? packedId(file);
  const manifest = readManifest(home);
  return {
    ...(native !== undefined && { native }),
    name: flow?.name,
    state: flow?.state,
    managed: manifest.managed,
    version: manifest.version,
    defined: definedBy(customizations, home, list?.path),
    attributions: [manifest.publisher],
    links:
      home === undefined ? [] : [link('contained-in', 'container', localId(home)), ...flowTies(native, home, ties)],
  };
}

export function besideManifest(path: string): readonly string[] {
  return MANIFEST.test(path) ? BESIDE_MANIFEST : [];
}

/** Is it a file of an unpacked solution that says something by itself? */
export function isUnpacked(document: Document): boolean {
  if (document.members !== undefined) return false;
  return (MANIFEST.test(document.path) && isManifest(document.text)) || environmentVariable(document) !== undefined;
}

/** The solution and its connection references, of which flows know more; or a value under the name of its variable. */
export function readUnpacked(document: Document): Parsed {
  const whole = contentOf(document, 'configuration');
  const variable = environmentVariable(document);
  if (variable !== undefined) {
    const { name, content } = variable;
    const at = { path: document.path };
    // Not the id of the file itself, which may get a record for what stands in its comments.
    const value = container({ id: localId(document, name), name, type: 'file', at, contents: [whole, content] });
    return { items: [onlyWithMatches(value)], problems: [] };
  }
  const customizations = BESIDE_MANIFEST.map((name) => document.neighbours?.get(name)).find((one) => one !== undefined);
  const references = referenceItems(readCustomizations(customizations), document).map((item) => reference(item));
  return { items: [solutionItem(document, readManifest(document), [whole]), ...references], problems: [] };
}
