import { connection, defineFormat, instant, sharedId, type Document, type Item } from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { entriesThat, type Entry } from '../saved-answer.ts';
import { at, idAt, textAt, type Part } from '../tree.ts';
import { keyAuthentication } from './connections.ts';
import { connectionListExample } from './list-examples.ts';
import { parsed, placeOf } from './list-parts.ts';
import { ZONES_BESIDE, zoneOf } from './listed.ts';

/** Connections, or keys of the keychain, as the API lists them: whose account each runs on, and when it ends. */
export const makeConnectionList = defineFormat({
  id: 'make-connection-list',
  title: 'Make list of connections or keys',
  platform: 'make',
  recognise: (document) => connectionsIn(document).length + keysIn(document).length > 0,
  neighbours: () => ZONES_BESIDE,
  parse(document) {
    const zone = zoneOf(document);
    const keys = keysIn(document);
    const entries = keys.length > 0 ? keys : connectionsIn(document);
    return parsed(document, keys.length > 0 ? 'keys' : 'connections', entries, (entry, contents) => {
      const item = keys.length > 0 ? keyOf(entry.part, zone) : connectionOf(entry.part, zone);
      return [{ ...item, record: { ...item.record, at: placeOf(document, entry) }, contents }];
    });
  },
  example: connectionListExample,
});

/** https://developers.make.com/api-documentation/api-reference/connections */
function connectionsIn(document: Document): Entry[] {
  return entriesThat(
    document,
    'connections',
    (part) =>
      idAt(part, 'id') !== undefined &&
      textAt(part, 'accountName') !== undefined &&
      (textAt(part, 'accountType') ?? textAt(part, 'accountLabel')) !== undefined,
  );
}

/** https://developers.make.com/api-documentation/api-reference/keys: below this name only, for other keys are none of Make's. */
function keysIn(document: Document): Entry[] {
  if (!Array.isArray(at(document.tree, 'keys'))) return [];
  const isKey = (part: Part): boolean => textAt(part, 'typeName') !== undefined && idAt(part, 'teamId') !== undefined;
  return entriesThat(document, 'keys', (part) => isKey(part) && idAt(part, 'id') !== undefined);
}

function connectionOf(part: Part, zone: string | undefined): Item<'connection'> {
  const name = textAt(part, 'name') ?? idAt(part, 'id') ?? '';
  const mailbox = mailboxIn(textAt(part, 'metadata', 'value')) ?? mailboxIn(name);
  return connection({
    id: sharedId('make', zone, 'account', idAt(part, 'id') ?? ''),
    name,
    platform: 'make',
    connector: textAt(part, 'accountName') ?? 'unknown',
    authentication: textAt(part, 'accountType') === 'oauth' ? 'oauth' : 'unknown',
    subject: mailbox === undefined ? 'unknown' : 'person',
    account: mailbox === undefined ? undefined : { email: mailbox },
    expiresAt: instant(at(part, 'expire')),
    gaps: { status: 'not-seen', scopes: 'not-seen', createdAt: 'not-supported', ...noEnd(part) },
  });
}

/** None is given for what has no end, and for what Make renews by itself. */
function noEnd(part: Part): { expiresAt?: 'not-supported' } {
  return instant(at(part, 'expire')) === undefined ? { expiresAt: 'not-supported' } : {};
}

function keyOf(part: Part, zone: string | undefined): Item<'connection'> {
  const type = textAt(part, 'typeName') ?? 'keychain';
  return connection({
    id: sharedId('make', zone, 'keychain', idAt(part, 'id') ?? ''),
    name: textAt(part, 'name') ?? type,
    platform: 'make',
    connector: type,
    authentication: keyAuthentication(type),
    subject: 'unknown',
    gaps: { status: 'not-seen', createdAt: 'not-supported', expiresAt: 'not-supported' },
  });
}
