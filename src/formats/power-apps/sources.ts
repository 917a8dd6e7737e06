import type { Document, Parsed } from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { at, textAt } from '../tree.ts';
import { appRecords, isApp, isPacked } from './app.ts';

const MANIFEST = /(?:^|\/)CanvasManifest\.json$/;
const CONNECTIONS = 'Connections/Connections.json';

/** Is it the manifest of an app's sources? https://learn.microsoft.com/power-platform/developer/cli/reference/canvas */
export function isSources({ path, tree }: Document): boolean {
  return MANIFEST.test(path) && textAt(tree, 'FormatVersion') !== undefined && isApp(at(tree, 'Properties'));
}

/** The list of its connections; and in a solution the app itself, which says more. */
export function besideSources(path: string): string[] {
  return MANIFEST.test(path) ? [CONNECTIONS, ...packedBeside(path)] : [];
}

/** `pac solution unpack` puts the sources of `badges_DocumentUri.msapp` beside it, into `src/badges`. */
function packedBeside(path: string): string[] {
  const folder = path.split('/').at(-2);
  return folder === undefined ? [] : [`../../${folder}_DocumentUri.msapp`];
}

/** An app by its sources, but for one whose file lies beside them: that one is told of. */
export function readSources(document: Document): Parsed {
  const { path, tree, neighbours } = document;
  const beside = packedBeside(path).flatMap((name) => neighbours?.get(name) ?? []);
  if (beside.some(isPacked)) return { items: [], problems: [] };
  const properties = at(tree, 'Properties');
  return appRecords({
    document,
    properties,
    references: neighbours?.get(CONNECTIONS)?.tree,
    databases: at(properties, 'LocalDatabaseReferences'),
    contents: [contentOf(document, 'configuration')],
  });
}
