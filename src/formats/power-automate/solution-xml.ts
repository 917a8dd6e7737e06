import {
  attributed,
  connection,
  container,
  link,
  localId,
  sharedId,
  type Content,
  type Document,
  type Item,
  type WorkflowState,
} from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { fileTitle } from './flow.ts';
import { connectorId } from './layout.ts';
import { lastSegment, type ConnectionContext, type Defined } from './references.ts';
import { elements, elementText, withoutComments } from '../xml.ts';

/** What a solution says of a flow, beside its definition. */
export interface DeclaredFlow {
  name: string | undefined;
  state: WorkflowState;
  native: string | undefined;
}
/** `customizations.xml`: flows by the lower-cased path of their file, connection references by their logical name. */
export interface Customizations {
  flows: ReadonlyMap<string, DeclaredFlow>;
  references: ReadonlyMap<string, DeclaredReference>;
}
/** A connection reference; `custom` is the id in Dataverse of a connector that somebody made. */
export interface DeclaredReference extends Defined {
  custom?: string;
}
/** What all that belongs to a solution takes over from its manifest. */
export interface Manifest {
  name: string | undefined;
  version: string | undefined;
  managed: boolean | undefined;
  publisher: ReturnType<typeof attributed>;
  /** Custom connectors in it: their names by their ids in Dataverse. */
  connectors: ReadonlyMap<string, string>;
}

const STATES: { readonly [code: string]: WorkflowState } = { '0': 'inactive', '1': 'active', '2': 'inactive' };
const read = new WeakMap<Document, Customizations>();

/** Is it the manifest of a solution? */
export function isManifest(text: string): boolean {
  return /<SolutionManifest[\s/>]/i.test(text);
}

/**
 * Reads `customizations.xml`, or the one flow that is unpacked beside its file. It may be long, and all flows ask for it.
 */
export function readCustomizations(document: Document | undefined): Customizations {
  if (document === undefined) return { flows: new Map(), references: new Map() };
  const known = read.get(document);
  if (known !== undefined) return known;
  const xml = withoutComments(document.text);
  const customizations = { flows: declaredFlows(xml), references: declaredReferences(xml) };
  read.set(document, customizations);
  return customizations;
}

function declaredFlows(xml: string): ReadonlyMap<string, DeclaredFlow> {
  return new Map(
    elements(xml, 'Workflow').map(({ attributes, inner }) => [
      (elementText(inner, 'JsonFileName') ?? '').replace(/^\//, '').toLowerCase(),
      {
        name: attributes.get('name'),
        native: attributes.get('workflowid')?.replace(/[{}]/g, '').toLowerCase(),
        state: STATES[elementText(inner, 'StateCode') ?? ''] ?? 'unknown',
      },
    ]),
  );
}

function declaredReferences(xml: string): ReadonlyMap<string, DeclaredReference> {
  return new Map(
    elements(xml, 'connectionreference').flatMap(({ attributes, inner }) => {
      const logicalName = attributes.get('connectionreferencelogicalname');
      if (logicalName === undefined) return [];
      const name = elementText(inner, 'connectionreferencedisplayname');
      const connector = lastSegment(elementText(inner, 'connectorid'));
      const custom = guid(elementText(elements(inner, 'customconnectorid')[0]?.inner ?? '', 'connectorid'));
      const declared = {
        ...(name !== undefined && { name }),
        ...(connector !== undefined && { connector }),
        ...(custom !== undefined && { custom }),
      };
      return [[logicalName, declared]];
    }),
  );
}

function guid(text: string | undefined): string | undefined {
  return text?.replace(/[{}]/g, '').toLowerCase();
}

/** How a flow of the solution finds the connection references that it names; `path` says where, in a file of its own. */
export function definedBy(
  { references }: Customizations,
  home: Document | undefined,
  path?: string,
): ConnectionContext['defined'] {
  const { connectors } = readManifest(home);
  return (_, logicalName) => {
    const found = logicalName === undefined ? undefined : references.get(logicalName);
    if (found === undefined) return undefined;
    const endpoint = endpointOf(found, home, connectors);
    return { ...found, ...(endpoint !== undefined && { endpoint }), ...(path !== undefined && { path }) };
  };
}

/** What a reference to a custom connector leads to, where the manifest names that connector as its own. */
function endpointOf(
  { custom }: DeclaredReference,
  home: Document | undefined,
  connectors: Manifest['connectors'],
): string | undefined {
  const name = custom === undefined ? undefined : connectors.get(custom);
  return name === undefined || home === undefined ? undefined : connectorId(home, name);
}

/** Connection references as the solution alone tells them, but for those of some ids. */
export function referenceItems(
  { references }: Customizations,
  home: Document | undefined,
  known: readonly string[] = [],
): Item<'connection'>[] {
  const { connectors } = readManifest(home);
  return [...references].flatMap(([logicalName, declared]) => {
    if (known.some((id) => id.endsWith(`/${logicalName}`))) return [];
    const { name, connector = 'unknown' } = declared;
    const endpoint = endpointOf(declared, home, connectors);
    const links = endpoint === undefined ? undefined : [link('uses', 'endpoint', endpoint)];
    const id = referenceId(logicalName, connector);
    return connection({ id, name: name ?? logicalName, platform: 'power-automate', connector, links });
  });
}

/** Id of a connection reference of a solution, as flows and agents know it. */
export function referenceId(logicalName: string, connector: string): string {
  return sharedId('power-automate', undefined, connector, logicalName);
}

/** Reads the manifest, `solution.xml`, also in its zip. */
export function readManifest(document: Document | undefined): Manifest {
  const xml = withoutComments(manifestIn(document)?.text ?? '');
  // The publisher stands behind what is in its solution; it need not have made it.
  const email = mailboxIn(elementText(elements(xml, 'Publisher')[0]?.inner ?? '', 'EMailAddress'));
  const flag = elementText(xml, 'Managed');
  return {
    name: elementText(xml, 'UniqueName'),
    version: elementText(xml, 'Version'),
    // 2 is a file that can be unpacked either way.
    managed: flag === '1' ? true : flag === '0' ? false : undefined,
    publisher: attributed('owned-by', { email }, 'container-owner', {
      evidence: 'solution.xml Publisher/EMailAddress',
    }),
    connectors: declaredConnectors(xml),
  };
}

function manifestIn(document: Document | undefined): Document | undefined {
  if (document?.members === undefined) return document;
  return memberOf(document, 'solution.xml');
}

/** A file in a solution's zip, whatever the case of its name. */
export function memberOf({ members }: Document, name: string): Document | undefined {
  return [...(members ?? [])].find(([path]) => path.toLowerCase() === name.toLowerCase())?.[1];
}

/** https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/solutioncomponent */
const CONNECTOR = /^37[12]$/;

function declaredConnectors(xml: string): ReadonlyMap<string, string> {
  return new Map(
    elements(xml, 'RootComponent').flatMap(({ attributes }) => {
      const [id, name] = [guid(attributes.get('id')), attributes.get('schemaname')];
      const isConnector = CONNECTOR.test(attributes.get('type') ?? '');
      return isConnector && id !== undefined && name !== undefined ? [[id, name] as const] : [];
    }),
  );
}

/** The solution as a record of the document that defines it: an archive, or the manifest alone. */
export function solutionItem(document: Document, manifest: Manifest, contents: readonly Content[]): Item<'container'> {
  const { version, managed, publisher } = manifest;
  return container({
    id: localId(document),
    name: manifest.name ?? fileTitle(document.path),
    type: 'project',
    platform: 'power-automate',
    at: { path: document.path },
    policies: { ...(managed !== undefined && { managed }), ...(version !== undefined && { version }) },
    attributions: [publisher],
    contents,
  });
}
