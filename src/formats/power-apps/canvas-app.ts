import { defineFormat, link, localId, type Document, type Parsed } from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { readManifest } from '../power-automate/solution-xml.ts';
import { flowsBeside } from '../power-automate/ties.ts';
import { homeOf, manifests } from '../power-automate/unpacked.ts';
import { at, textAt } from '../tree.ts';
import { appRecords, isPacked, PROPERTIES, type App } from './app.ts';
import { canvasExample } from './examples.ts';
import { besideSources, isSources, readSources } from './sources.ts';

/** Screens, components and their formulas: what the maker wrote. */
const WRITTEN = /^(?:Controls|Components|Src|AppTests)\//i;

/**
 * A canvas app: screens that business people draw, with formulas and connections behind them. A zip that Power Apps
 * saves, and that solutions and packages hold; or its sources.
 */
export const powerAppsCanvas = defineFormat({
  id: 'power-apps-canvas',
  title: 'Power Apps canvas app',
  platform: 'power-apps',
  recognise: (document) => isPacked(document) || isSources(document),
  neighbours: (path) => (/\.msapp$/i.test(path) ? [...manifests, '../Workflows/*.json'] : besideSources(path)),
  parse: (document) => (isPacked(document) ? readApp(document, surroundings(document)) : readSources(document)),
  example: canvasExample,
});

/** Reads the file of an app; what it lies in says more of it. */
export function readApp(document: Document, more: Partial<App> = {}): Parsed {
  const members = document.members ?? new Map<string, Document>();
  const properties = members.get(PROPERTIES)?.tree;
  return appRecords({
    document,
    properties,
    references: at(properties, 'LocalConnectionReferences'),
    databases: at(properties, 'LocalDatabaseReferences'),
    saved: textAt(members.get('Header.json')?.tree, 'LastSavedDateTimeUTC'),
    contents: [...members]
      .filter(([, member]) => member.members === undefined && member.text !== '')
      .map(([path, member]) => contentOf(member, WRITTEN.test(path) ? 'definition' : 'configuration')),
    ...more,
  });
}

/** What the files around it say, in an unpacked solution. */
function surroundings(document: Document): Partial<App> {
  const home = homeOf(document);
  if (home === undefined) return {};
  const { publisher, managed } = readManifest(home);
  const flows = flowsBeside(document);
  return {
    managed,
    links: [link('contained-in', 'container', localId(home))],
    attributions: [publisher],
    flow: (id) => flows.get(id),
  };
}
