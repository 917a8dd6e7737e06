import { endpoint, identity, link, localId, workflow, type Document, type Item, type Json } from '../../sdk/index.ts';
import { listAt, textAt } from '../tree.ts';
import { authenticationOf, graphOf } from './graph.ts';

export const platform = 'apps-script';
export type Tree = { readonly [key: string]: Json };

/** A script project: its workflow, whose rights it runs with, and the web app it is published as. */
export function manifest(
  document: Document,
  tree: Tree,
  code: string,
  contents: NonNullable<Item['contents']>,
): Item[] {
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

function folderName(path: string): string {
  const parts = path.split('/');
  const parent = parts.at(-2)?.replace(/!$/, '');
  return parent === undefined || parent === ''
    ? (parts.at(-1) ?? path)
    : parent === 'src'
      ? (parts.at(-3) ?? parent)
      : parent;
}
