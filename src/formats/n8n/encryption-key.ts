import { credential, localId, type Document, type Item } from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { entriesAt, textAt, type Part } from '../tree.ts';

const keysOfTheFile = new Set(['encryptionKey', 'tunnelSubdomain', 'instanceId']);

/** Is it `~/.n8n/config`? Whoever has it can decrypt every credential of the instance. */
export function isKeyFile(tree: Part): boolean {
  return textAt(tree, 'encryptionKey') !== undefined && entriesAt(tree).every(([key]) => keysOfTheFile.has(key));
}

/** The instance's master key, as it lies in its `config` file. */
export function encryptionKey(document: Document): Item<'credential'> {
  const pointer = '/encryptionKey';
  return credential({
    id: localId(document, 'encryptionKey'),
    name: 'n8n encryption key',
    type: 'secret',
    status: 'unknown',
    platform: 'n8n',
    store: 'file',
    at: { path: document.path, pointer },
    contents: [contentOf(document, 'configuration', [{ pointer, place: 'configuration', secret: true }])],
  });
}
