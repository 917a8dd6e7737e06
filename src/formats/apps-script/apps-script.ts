import {
  container,
  defineFormat,
  endpoint,
  identity,
  link,
  localId,
  onlyWithMatches,
  pointer,
  workflow,
  type Document,
  type Graph,
  type Item,
  type Json,
  type Step,
  type Trigger,
} from '../../sdk/index.ts';
import { at, isObject, listAt, textAt } from '../tree.ts';

const platform = 'apps-script';
type Tree = { readonly [key: string]: Json };

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

function manifest(document: Document, tree: Tree, code: string, contents: NonNullable<Item['contents']>): Item[] {
  const id = localId(document);
  const name = textAt(tree, 'addOns', 'common', 'name') ?? folderName(document.path);
  const scopes = listAt(tree, 'oauthScopes').filter((scope) => typeof scope === 'string');
  const logging = textAt(tree, 'exceptionLogging');
  const access = textAt(tree, 'webapp', 'access');
  return [
    workflow({
      id,
      name,
      platform,
      format: 'apps-script',
      state: 'unknown',
      graph: graphOf(tree, code),
      permissions: scopes.length > 0 ? scopes : undefined,
      logging: logging === undefined ? undefined : { runs: logging === 'NONE' ? 'off' : 'errors-only' },
      at: { path: document.path },
      links: [link('uses', 'identity', `${id}#runtime`)],
      gaps: {
        lastRunAt: 'not-supported',
        createdAt: 'not-supported',
        ...(scopes.length === 0 && { permissions: 'not-seen' }),
      },
      contents,
    }),
    runtime(document, tree, name, scopes),
    ...webApp(document, name, access),
  ];
}

/** Whose rights the script runs with: its author's, unless the web app says that each visitor brings their own. */
function runtime(document: Document, tree: Tree, name: string, scopes: readonly string[]): Item {
  const executeAs = textAt(tree, 'webapp', 'executeAs');
  return identity({
    id: localId(document, 'runtime'),
    name: `${name} (script authorisation)`,
    type: 'workload',
    status: 'unknown',
    platform,
    runsAs: executeAs === 'USER_ACCESSING' ? 'caller' : executeAs === 'USER_DEPLOYING' ? 'author' : 'unknown',
    scopes: scopes.length > 0 ? scopes : undefined,
    at: { path: document.path },
    gaps: {
      lastUsedAt: 'not-supported',
      createdAt: 'not-supported',
      ...(scopes.length === 0 && { scopes: 'not-seen' }),
    },
  });
}

function webApp(document: Document, name: string, access: string | undefined): Item[] {
  if (access === undefined) return [];
  return [
    endpoint({
      id: localId(document, 'webapp'),
      name: `${name} (web app)`,
      direction: 'inbound',
      platform,
      type: 'web-app',
      authentication: authenticationOf(access),
      scheme: 'https',
      host: 'script.google.com',
      state: 'unknown',
      at: { path: document.path, pointer: '/webapp' },
      links: [link('contained-in', 'workflow', localId(document))],
    }),
  ];
}

function authenticationOf(access: string | undefined): Trigger['authentication'] {
  if (access === 'ANYONE_ANONYMOUS') return 'none';
  return access === 'ANYONE' ? 'oauth' : access === 'DOMAIN' || access === 'MYSELF' ? 'tenant' : 'unknown';
}

function graphOf(tree: Tree, code: string): Graph {
  const steps: Step[] = [];
  const triggers: Trigger[] = [];
  if (isObject(at(tree, 'webapp'))) {
    steps.push({
      id: 'webapp',
      label: 'Web app',
      connector: 'apps-script.webapp',
      operation: 'doGet/doPost',
      pointer: '/webapp',
    });
    triggers.push({
      step: 'webapp',
      kind: 'webhook',
      authentication: authenticationOf(textAt(tree, 'webapp', 'access')),
    });
  }
  if (isObject(at(tree, 'executionApi'))) {
    const access = textAt(tree, 'executionApi', 'access');
    steps.push({
      id: 'executionApi',
      label: 'API executable',
      connector: 'apps-script.execution-api',
      pointer: '/executionApi',
    });
    // The Apps Script API always wants an OAuth token, whoever may call it.
    triggers.push({
      step: 'executionApi',
      kind: 'call',
      authentication: access === 'DOMAIN' || access === 'MYSELF' ? 'tenant' : 'oauth',
    });
  }
  listAt(tree, 'dependencies', 'enabledAdvancedServices').forEach((service, position) => {
    const id = textAt(service, 'serviceId') ?? textAt(service, 'userSymbol');
    if (id === undefined) return;
    steps.push({
      id: `service:${position}`,
      label: textAt(service, 'userSymbol') ?? id,
      connector: `google.${id}`,
      pointer: pointer('dependencies', 'enabledAdvancedServices', position),
    });
  });
  listAt(tree, 'dependencies', 'libraries').forEach((library, position) => {
    const libraryId = textAt(library, 'libraryId');
    if (libraryId === undefined) return;
    const version = textAt(library, 'version');
    const development = at(library, 'developmentMode') === true;
    steps.push({
      id: `library:${position}`,
      label: textAt(library, 'userSymbol') ?? libraryId,
      connector: 'apps-script.library',
      // In development mode the library's newest code runs, whatever the version says.
      component: {
        name: libraryId,
        ...(version && { version }),
        pinned: !development && version !== undefined,
        origin: 'community',
      },
      pointer: pointer('dependencies', 'libraries', position),
    });
  });
  if (code !== '')
    steps.push({ id: 'code', label: 'Script', connector: 'apps-script.code', code: 'javascript', pointer: '/files' });
  return { steps, edges: [], triggers };
}

function folderName(path: string): string {
  const parts = path.split('/');
  const parent = parts.at(-2)?.replace(/!$/, '');
  return parent === undefined || parent === ''
    ? (parts.at(-1) ?? path)
    : parent === 'src'
      ? (parts.at(-3) ?? parent)
      : parent;
}
