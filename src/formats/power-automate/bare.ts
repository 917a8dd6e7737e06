import { defineFormat, pointer, type Document, type Format, type Parsed } from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { beside } from '../neighbours.ts';
import { joined } from '../once.ts';
import { tagsTell } from '../resource-tags.ts';
import { at, entriesAt, textAt } from '../tree.ts';
import { appConnectionRefs } from './app-connections.ts';
import { bareExample, logicAppExample } from './examples.ts';
import { besideCloned, clonedSurroundings } from './cloned.ts';
import { fileTitle, flowRecords, type Flow } from './flow.ts';
import { flowPlaces, isPowerAutomate, type FlowPlace } from './places.ts';
import { told } from './templates.ts';
import { besideFlow, surroundings } from './unpacked.ts';

function flowsOf(document: Document, platform: Format['platform']): FlowPlace[] {
  if (document.members !== undefined) return [];
  return flowPlaces(document.tree).filter(
    (place) => isPowerAutomate(document.tree, place) === (platform === 'power-automate'),
  );
}

function parse(document: Document, format: string, platform: 'power-automate' | 'logic-apps'): Parsed {
  const places = flowsOf(document, platform);
  const resources = places.map((place) => place.resource);
  const flows = places.map((place, index) => {
    const resource = at(document.tree, ...place.resource);
    // Deployment templates write names as expressions, `[parameters('name')]`: those identify nothing.
    const name = [textAt(resource, 'name')].find((text) => text !== undefined && !text.startsWith('['));
    return flowRecords({
      document,
      format,
      platform,
      place,
      native: name ?? (places.length === 1 ? '' : pointer(...place.resource)),
      ...(platform === 'power-automate' && places.length === 1 && around(document)),
      ...(platform === 'logic-apps' && {
        name: told(document.tree, place.templates, textAt(resource, 'name')) ?? fileTitle(document.path),
        instance: appOf(document.path),
        kept: appConnectionRefs(document.neighbours?.get(CONNECTIONS)),
        told: tagsTell(tagsOf(document, place)),
        child: (called) =>
          STANDARD.test(document.path) ? beside(document.path, `../${called}/workflow.json`) : undefined,
      }),
      contents: (labels) => divided(document, resources, index, labels),
    });
  });
  return joined(flows);
}

/** The tags of a resource, as far as its template says what they are. */
function tagsOf({ tree }: Document, { resource, templates }: FlowPlace): { key: string; value: string }[] {
  return entriesAt(tree, ...resource, 'tags').map(([key, value]) => ({
    key,
    value: told(tree, templates, textAt(value)) ?? '',
  }));
}

/** A flow stands in an unpacked solution, or among what was cloned with an agent. */
function around(document: Document): Partial<Flow> {
  return { ...surroundings(document), ...clonedSurroundings(document) };
}

const CONNECTIONS = '../connections.json';
const STANDARD = /(?:^|\/)[^/]+\/workflow\.json$/i;

/** A standard logic app is a folder of workflows that share its connections; anything else stands alone. */
function appOf(path: string): string {
  return /^(.+)\/[^/]+\/workflow\.json$/i.exec(path)?.[1] ?? path;
}

/** A flow's definition as the API, an unpacked solution or the designer gives it: one, or a list of them. */
export const powerAutomateDefinition = defineFormat({
  id: 'power-automate-definition',
  title: 'Power Automate flow definition',
  platform: 'power-automate',
  recognise: (document) => flowsOf(document, 'power-automate').length > 0,
  neighbours: (path) => [...besideFlow(path), ...besideCloned(path)],
  parse: (document) => parse(document, 'power-automate-definition', 'power-automate'),
  example: bareExample,
});

/** Azure Logic Apps: a workflow of a standard app, an answer of the resource manager, or a deployment template. */
export const logicApp = defineFormat({
  id: 'logic-app',
  title: 'Azure Logic Apps workflow',
  platform: 'logic-apps',
  recognise: (document) => flowsOf(document, 'logic-apps').length > 0,
  neighbours: (path) => (STANDARD.test(path) ? [CONNECTIONS] : []),
  parse: (document) => parse(document, 'logic-app', 'logic-apps'),
  example: logicAppExample,
});
