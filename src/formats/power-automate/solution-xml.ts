import {
  attributed,
  connection,
  container,
  localId,
  sharedId,
  type Content,
  type Document,
  type Item,
  type WorkflowState,
} from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { fileTitle } from './flow.ts';
import { lastSegment, type ConnectionContext, type Defined } from './references.ts';
import { elements, elementText, withoutComments } from './xml.ts';

/** What a solution says of a flow, beside its definition. */
export interface DeclaredFlow {
  name: string | undefined;
  state: WorkflowState;
  native: string | undefined;
}
/** `customizations.xml`: flows by the lower-cased path of their file, connection references by their logical name. */
export interface Customizations {
  flows: ReadonlyMap<string, DeclaredFlow>;
  references: ReadonlyMap<string, Defined>;
}
/** What all that belongs to a solution takes over from its manifest. */
export interface Manifest {
  name: string | undefined;
  version: string | undefined;
  managed: boolean | undefined;
  publisher: ReturnType<typeof attributed>;
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

function declaredReferences(xml: string): ReadonlyMap<string, Defined> {
  return new Map(
    elements(xml, 'connectionreference').flatMap(({ attributes, inner }) => {
      const logicalName = attributes.get('connectionreferencelogicalname');
      if (logicalName === undefined) return [];
      const name = elementText(inner, 'connectionreferencedisplayname');
      const connector = lastSegment(elementText(inner, 'connectorid'));
      return [[logicalName, { ...(name !== undefined && { name }), ...(connector !== undefined && { connector }) }]];
    }),
  );
}

/** How a flow of the solution finds the connection references that it names; `path` says where, in a file of its own. */
export function definedBy({ references }: Customizations, path?: string): ConnectionContext['defined'] {
  return (_, logicalName) => {
    const found = logicalName === undefined ? undefined : references.get(logicalName);
    return found && { ...found, ...(path !== undefined && { path }) };
  };
}

/** Connection references as the solution alone tells them, but for those of some ids. */
export function referenceItems({ references }: Customizations, known: readonly string[] = []): Item<'connection'>[] {
  return [...references].flatMap(([logicalName, { name, connector }]) => {
    if (known.some((id) => id.endsWith(`/${logicalName}`))) return [];
    const id = sharedId('power-automate', undefined, connector ?? 'unknown', logicalName);
    return connection({ id, name: name ?? logicalName, platform: 'power-automate', connector: connector ?? 'unknown' });
  });
}

/** Reads the manifest, `solution.xml`. */
export function readManifest(document: Document | undefined): Manifest {
  const xml = withoutComments(document?.text ?? '');
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
  };
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
