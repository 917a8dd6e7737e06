import { credential, defineFormat, link, localId, pointer } from '../../sdk/index.ts';
import type { CredentialType, Document, Item, Label } from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { branch, entriesAt, isObject, textAt, type Part } from '../tree.ts';
import { isSecret } from './contents.ts';

/**
 * What Node-RED keeps beside its flows: `flows_cred.json`, encrypted since 0.18 (2018) and in clear before, and the
 * runtime's own settings with the key it made up. https://nodered.org/docs/user-guide/runtime/securing-node-red
 */
export const nodeRedCredentials = defineFormat({
  id: 'node-red-credentials',
  title: 'Node-RED credentials',
  platform: 'node-red',
  recognise: (document) => readingOf(document) !== undefined,
  parse(document) {
    const read = readingOf(document);
    return { items: read?.(document) ?? [], problems: [] };
  },
  example: {
    path: 'node-red/flows_cred.json',
    text: JSON.stringify({
      '8d1f6f5d.a1b2c': { user: 'svc-door', password: 'example' },
      '4b6d0c9ae1f20357': { username: 'svc-mail', password: 'example', has_password: true },
    }),
  },
});

/** Ids of nodes: today's 16 hexadecimal digits, and the older `8d1f6f5d.a1b2c`. */
const nodeId = /^(?:[0-9a-f]{16}|[0-9a-f]{6,8}\.[0-9a-f]{1,7})$/;
const scalarField = (value: Part): boolean => typeof value !== 'object' || value === null;

function readingOf({ tree, path }: Document): ((document: Document) => Item[]) | undefined {
  const entries = entriesAt(tree);
  if (entries.length === 0) return undefined;
  if (entries.length === 1 && /^[0-9a-f]{32}[\w+/=]+$/.test(textAt(tree, '$') ?? '')) return encrypted;
  if (textAt(tree, '_credentialSecret') !== undefined) return runtimeKey;
  const named = /_cred\.json"?$/i.test(path);
  const clear = entries.every(
    ([key, fields]) =>
      isObject(fields) &&
      (named ? /^[\w.-]+$/.test(key) : nodeId.test(key) && entriesAt(fields).every(([, field]) => scalarField(field))),
  );
  // A node whose form was never filled in is there with nothing in it.
  return clear && entries.some(([, fields]) => entriesAt(fields).length > 0) ? inClear : undefined;
}

function encrypted(document: Document): Item[] {
  return [
    credential({
      id: localId(document),
      name: 'Node-RED credentials, encrypted',
      type: 'secret',
      status: 'unknown',
      platform: 'node-red',
      store: 'platform',
      at: { path: document.path },
      // Ciphertext: there is nothing in it to scan, and saying so keeps it from being scanned as text.
      contents: [{ place: 'configuration', path: document.path, tree: {} }],
    }),
  ];
}

function runtimeKey(document: Document): Item[] {
  const label: Label = { pointer: '/_credentialSecret', place: 'configuration', secret: true };
  return [
    credential({
      id: localId(document, 'credentialSecret'),
      name: 'Node-RED credential key',
      type: 'secret',
      status: 'unknown',
      platform: 'node-red',
      store: 'file',
      at: { path: document.path, pointer: label.pointer },
      contents: [contentOf(document, 'configuration', [label])],
    }),
  ];
}

/** Node-RED names the file after the flows file beside it, where the nodes are defined. */
function inClear(document: Document): Item[] {
  const flows = { path: document.path.replace(/_cred\.json"?$/i, '.json') };
  const filled = entriesAt(document.tree).filter(([, fields]) => entriesAt(fields).some(([, value]) => isGiven(value)));
  return filled.map(([node, fields]) => {
    const secrets = entriesAt(fields).filter(([field, value]) => isSecret(field) && isGiven(value));
    return credential({
      id: localId(document, node),
      name: `Credentials of node ${node}`,
      type: typeOf(secrets.map(([field]) => field)),
      status: 'unknown',
      platform: 'node-red',
      store: 'export',
      at: { path: document.path, pointer: pointer(node) },
      links: flows.path === document.path ? undefined : [link('authenticates', 'connection', localId(flows, node))],
      contents: [
        {
          ...contentOf(
            document,
            'credential-export',
            secrets.map(([field]) => ({ pointer: pointer(node, field), place: 'credential-export', secret: true })),
          ),
          tree: branch(document.tree, [node]),
        },
      ],
    });
  });
}

/** A value, or the variables of the whole instance: `{ map: { NAME: value } }`. */
function isGiven(value: Part): boolean {
  if (isObject(value)) return entriesAt(value).length > 0;
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

function typeOf(fields: readonly string[]): CredentialType {
  if (fields.some((field) => /client_?secret/i.test(field))) return 'client-secret';
  if (fields.some((field) => /token/i.test(field))) return 'oauth-token';
  if (fields.some((field) => /pass/i.test(field))) return 'password';
  return fields.some((field) => /key/i.test(field)) ? 'api-key' : 'secret';
}
