import {
  attributed,
  connection,
  container,
  defineFormat,
  link,
  localId,
  sharedId,
  type Document,
  type Item,
  type Parsed,
  type WorkflowState,
} from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { mailboxIn } from '../hosts.ts';
import { joined } from '../once.ts';
import { solutionExample } from './examples.ts';
import { environmentVariables } from './environment-variables.ts';
import { fileTitle, flowRecords } from './flow.ts';
import { flowPlaces, type FlowPlace } from './places.ts';
import { lastSegment } from './references.ts';
import { elements, elementText, withoutComments } from './xml.ts';

interface DeclaredFlow {
  name: string | undefined;
  state: WorkflowState;
  native: string | undefined;
}

const FLOW = /^Workflows\/.+\.json$/i;
const STATES: { readonly [code: string]: WorkflowState } = { '0': 'inactive', '1': 'active', '2': 'inactive' };

function xmlMember(document: Document, name: string): string {
  const found = [...(document.members ?? [])].find(([path]) => path.toLowerCase() === name);
  return withoutComments(found?.[1].text ?? '');
}

/** Flows that customizations.xml lists, by the lower-cased path of their file. */
function declaredFlows(customizations: string): ReadonlyMap<string, DeclaredFlow> {
  return new Map(
    elements(customizations, 'Workflow').map(({ attributes, inner }) => [
      (elementText(inner, 'JsonFileName') ?? '').replace(/^\//, '').toLowerCase(),
      {
        name: attributes.get('name'),
        native: attributes.get('workflowid')?.replace(/[{}]/g, '').toLowerCase(),
        state: STATES[elementText(inner, 'StateCode') ?? ''] ?? 'unknown',
      },
    ]),
  );
}

/** Connection references that the solution defines, by their logical name. */
function declaredReferences(customizations: string): ReadonlyMap<string, { name?: string; connector?: string }> {
  return new Map(
    elements(customizations, 'connectionreference').flatMap(({ attributes, inner }) => {
      const logicalName = attributes.get('connectionreferencelogicalname');
      if (logicalName === undefined) return [];
      const name = elementText(inner, 'connectionreferencedisplayname');
      const connector = lastSegment(elementText(inner, 'connectorid'));
      return [[logicalName, { ...(name !== undefined && { name }), ...(connector !== undefined && { connector }) }]];
    }),
  );
}

/** A solution: a zip that is installed in an environment, with a publisher, a version and any number of flows. */
export const powerAutomateSolution = defineFormat({
  id: 'power-automate-solution',
  title: 'Power Platform solution',
  platform: 'power-automate',
  recognise: (document) =>
    document.members !== undefined && /<SolutionManifest[\s/>]/i.test(xmlMember(document, 'solution.xml')),
  parse(document) {
    const manifest = xmlMember(document, 'solution.xml');
    const customizations = xmlMember(document, 'customizations.xml');
    const declared = { flows: declaredFlows(customizations), references: declaredReferences(customizations) };
    const read = new Map<string, Parsed>();
    const others: Document[] = [];
    for (const [path, member] of document.members ?? []) {
      const [place] = FLOW.test(path) ? flowPlaces(member.tree) : [];
      if (place === undefined) others.push(member);
      else read.set(path.toLowerCase(), readFlow(document, manifest, { path, member, place, declared }));
    }
    const paths = [...declared.flows.keys(), ...[...(document.members ?? [])].map(([path]) => path.toLowerCase())];
    const unread = [...new Set(paths)].filter((path) => FLOW.test(path) && !read.has(path));
    const problems = unread.map((path) => ({
      detail: `${document.path}!/${path}: no flow definition could be read; what is there was scanned as text.`,
    }));
    const contents = [...others.map((member) => contentOf(member, 'configuration')), ...environmentVariables(document)];
    const solution = { items: [container({ ...solutionRecord(document, manifest), contents })], problems };
    const parsed = joined([solution, ...read.values()]);
    return { ...parsed, items: [...parsed.items, ...unused(declared.references, parsed.items)] };
  },
  example: solutionExample,
});

interface Declared {
  flows: ReadonlyMap<string, DeclaredFlow>;
  references: ReadonlyMap<string, { name?: string; connector?: string }>;
}

function readFlow(
  document: Document,
  manifest: string,
  { path, member, place, declared }: { path: string; member: Document; place: FlowPlace; declared: Declared },
): Parsed {
  const flow = declared.flows.get(path.toLowerCase());
  const { items, problems } = flowRecords({
    document: member,
    format: 'power-automate-solution',
    platform: 'power-automate',
    place,
    native: flow?.native ?? '',
    name: flow?.name,
    state: flow?.state,
    managed: managed(manifest),
    version: elementText(manifest, 'Version'),
    defined: (_, logicalName) => (logicalName === undefined ? undefined : declared.references.get(logicalName)),
    attributions: [publisher(manifest)],
    links: [link('contained-in', 'container', localId(document))],
    contents: (labels) => [contentOf(member, 'definition', labels)],
  });
  return { items, problems: problems.map((one) => ({ ...one, detail: `${member.path}: ${one.detail}` })) };
}

function solutionRecord(document: Document, manifest: string) {
  const version = elementText(manifest, 'Version');
  const isManaged = managed(manifest);
  return {
    id: localId(document),
    name: elementText(manifest, 'UniqueName') ?? fileTitle(document.path),
    type: 'project' as const,
    platform: 'power-automate',
    at: { path: document.path },
    policies: {
      ...(isManaged !== undefined && { managed: isManaged }),
      ...(version !== undefined && { version }),
    },
    attributions: [publisher(manifest)],
  };
}

/** 0 unmanaged, 1 managed; 2 is a file that can be unpacked either way. */
function managed(manifest: string): boolean | undefined {
  const flag = elementText(manifest, 'Managed');
  return flag === '1' ? true : flag === '0' ? false : undefined;
}

/** The publisher stands behind what is in its solution; it need not have made it. */
function publisher(manifest: string) {
  const email = mailboxIn(elementText(elements(manifest, 'Publisher')[0]?.inner ?? '', 'EMailAddress'));
  return attributed('owned-by', { email }, 'container-owner', { evidence: 'solution.xml Publisher/EMailAddress' });
}

/** References that the solution defines and no flow of it uses. */
function unused(references: ReturnType<typeof declaredReferences>, items: readonly Item[]): Item[] {
  const used = items.filter(({ record }) => record.kind === 'connection').map(({ record }) => record.id);
  return [...references].flatMap(([logicalName, { name, connector }]) => {
    if (used.some((id) => id.endsWith(`/${logicalName}`))) return [];
    const id = sharedId('power-automate', undefined, connector ?? 'unknown', logicalName);
    return connection({ id, name: name ?? logicalName, platform: 'power-automate', connector: connector ?? 'unknown' });
  });
}
