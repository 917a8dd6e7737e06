import { defineFormat, type Attribution, type Content, type Document, type Parsed } from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { joined } from '../once.ts';
import { isPacked } from '../power-apps/app.ts';
import { readApp } from '../power-apps/canvas-app.ts';
import { entriesAt, textAt, type Part } from '../tree.ts';
import { packageExample } from './examples.ts';
import { flowRecords, named } from './flow.ts';
import { flowPlaces } from './places.ts';

const FLOW = /^Microsoft\.Flow\/flows\/([^/]+)\/definition\.json$/i;

function flowMembers(document: Document): { guid: string; member: Document }[] {
  return [...(document.members ?? [])].flatMap(([path, member]) => {
    const guid = FLOW.exec(path)?.[1];
    return guid === undefined ? [] : { guid, member };
  });
}

function isManifest(manifest: Part): boolean {
  return (
    textAt(manifest, 'details', 'packageTelemetryId') !== undefined ||
    entriesAt(manifest, 'resources').some(([, one]) => textAt(one, 'type') === 'Microsoft.Flow/flows')
  );
}

/** The environment that a package was exported from, unless the export hid it. */
function sourceEnvironment(manifest: Part): string | undefined {
  const name = textAt(manifest, 'details', 'sourceEnvironment');
  return name === undefined || /^n\/?a$/i.test(name) ? undefined : name;
}

/** A flow or an app that was exported as a package: a zip with a manifest, and a folder for each of them. */
export const powerAutomatePackage = defineFormat({
  id: 'power-automate-package',
  title: 'Power Automate package',
  platform: 'power-automate',
  recognise: (document) =>
    document.members !== undefined &&
    (flowMembers(document).length > 0 || isManifest(document.members.get('manifest.json')?.tree)),
  parse(document) {
    const manifest = document.members?.get('manifest.json')?.tree;
    const flows = flowMembers(document);
    const readable = flows.filter(({ member }) => flowPlaces(member.tree).length > 0);
    const problems = flows
      .filter((flow) => !readable.includes(flow))
      .map(({ member }) => ({ detail: `${member.path}: no flow definition could be read; it was scanned as text.` }));
    const others = [...(document.members?.values() ?? [])].filter(
      (member) => !readable.some((flow) => flow.member === member),
    );
    const rest = others.map((member) => contentOf(member, 'configuration'));
    const parsed = readable.map(({ guid, member }, index) =>
      readFlow(document, guid, member, manifest, index === 0 ? rest : []),
    );
    const apps = others
      .filter((member) => isPacked(member))
      .map((member) => readApp(member, { attributions: [creatorIn(manifest)] }));
    return joined([...parsed, ...apps, { items: [], problems }]);
  },
  example: packageExample,
});

function creatorIn(manifest: Part): Attribution | undefined {
  return named('created-by', textAt(manifest, 'details', 'creator'), 'manifest.json details.creator');
}

function readFlow(
  document: Document,
  guid: string,
  member: Document,
  manifest: Part,
  rest: readonly Content[],
): Parsed {
  const [place] = flowPlaces(member.tree);
  if (place === undefined) return { items: [], problems: [] };
  const map = document.members?.get(`Microsoft.Flow/flows/${guid}/connectionsMap.json`)?.tree;
  const { items, problems } = flowRecords({
    document: member,
    format: 'power-automate-package',
    platform: 'power-automate',
    place,
    native: guid,
    name: textAt(manifest, 'resources', guid, 'details', 'displayName'),
    instance: sourceEnvironment(manifest),
    defined(key) {
      const resource = textAt(map, key);
      if (resource === undefined) return undefined;
      const name = textAt(manifest, 'resources', resource, 'details', 'displayName');
      return name === undefined ? {} : { name };
    },
    attributions: [creatorIn(manifest)],
    contents: (labels) => [contentOf(member, 'definition', labels), ...rest],
  });
  return { items, problems: problems.map((one) => ({ ...one, detail: `${member.path}: ${one.detail}` })) };
}
