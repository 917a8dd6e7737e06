import {
  container,
  defineFormat,
  localId,
  onlyWithMatches,
  pointer,
  type Document,
  type Item,
  type Json,
} from '../../sdk/index.ts';
import { at, isObject, listAt, textAt } from '../tree.ts';
import { manifest, platform, type Tree } from './manifest.ts';

/** Services that only exist in Google Apps Script. */
const services =
  /\b(?:SpreadsheetApp|DocumentApp|DriveApp|GmailApp|MailApp|UrlFetchApp|PropertiesService|HtmlService|ContentService|ScriptApp|FormApp|SlidesApp|CalendarApp|CardService)\./;

/** Google Apps Script: manifests, script files, and whole projects as the Apps Script API and Drive export them. */
export const appsScript = defineFormat({
  id: 'apps-script',
  title: 'Google Apps Script',
  platform,
  recognise: (document) => isManifest(document.tree) || projectFiles(document.tree) !== undefined || isScript(document),
  parse(document) {
    const files = projectFiles(document.tree);
    if (files !== undefined) return { items: project(document, files), problems: [] };
    if (isManifest(document.tree))
      return { items: manifest(document, document.tree, '', [whole(document)]), problems: [] };
    return { items: [script(document)], problems: [] };
  },
  example: {
    path: 'invoices/appsscript.json',
    text: JSON.stringify({
      timeZone: 'Europe/London',
      runtimeVersion: 'V8',
      exceptionLogging: 'STACKDRIVER',
      oauthScopes: ['https://www.googleapis.com/auth/drive', 'https://www.googleapis.com/auth/script.external_request'],
      dependencies: {
        enabledAdvancedServices: [{ userSymbol: 'Drive', serviceId: 'drive', version: 'v3' }],
        libraries: [{ userSymbol: 'Invoices', libraryId: 'example-library', version: '0', developmentMode: true }],
      },
      webapp: { access: 'ANYONE_ANONYMOUS', executeAs: 'USER_DEPLOYING' },
    }),
  },
});

// https://developers.google.com/apps-script/manifest
function isManifest(tree: Json | undefined): tree is Tree {
  if (!isObject(tree)) return false;
  const has = (...keys: string[]): boolean => keys.some((key) => Object.hasOwn(tree, key));
  if (has('timeZone') && has('runtimeVersion', 'exceptionLogging', 'dependencies', 'oauthScopes', 'webapp', 'addOns'))
    return true;
  return has('oauthScopes', 'runtimeVersion') && has('webapp', 'addOns', 'executionApi', 'exceptionLogging', 'gmail');
}

/** The files of a project as `projects.getContent` answers them. */
function projectFiles(tree: Json | undefined): readonly Json[] | undefined {
  const files = listAt(tree, 'files');
  const named = files.some(
    (file) => /^(?:server_js|json|html)$/i.test(textAt(file, 'type') ?? '') && typeof at(file, 'source') === 'string',
  );
  return named ? files : undefined;
}

function isScript(document: Document): boolean {
  return document.syntax === 'javascript' && (services.test(document.text) || /\.gs$/i.test(document.path));
}

function whole(document: Document): NonNullable<Item['contents']>[number] {
  const { path, text, tree } = document;
  return { place: 'definition', path, text, ...(tree !== undefined && { tree }) };
}

/** Code without its manifest: it has no identity of its own, so it is a record only if something is found in it. */
function script(document: Document): Item {
  const name = document.path.split('/').at(-1) ?? document.path;
  return onlyWithMatches(
    container({
      id: localId(document),
      name,
      type: 'file',
      platform,
      at: { path: document.path },
      contents: [whole(document)],
    }),
  );
}

function project(document: Document, files: readonly Json[]): Item[] {
  const source = files.find((file) => at(file, 'name') === 'appsscript' && typeof at(file, 'source') === 'string');
  const tree = parsedSource(at(source, 'source'));
  const code = files.map((file) => textAt(file, 'source') ?? '').join('\n');
  return manifest(document, isObject(tree) ? tree : {}, code, [
    {
      ...whole(document),
      labels: files.map((file, position) => ({
        pointer: pointer('files', position),
        step: textAt(file, 'name') ?? `file ${position + 1}`,
      })),
    },
  ]);
}

function parsedSource(source: Json | undefined): Json | undefined {
  try {
    return typeof source === 'string' ? (JSON.parse(source) as Json) : undefined;
  } catch {
    // The manifest inside is damaged: the project is still there, and its text is scanned as it stands.
    return undefined;
  }
}
