import { connection, instant, reference, sharedId, type Document, type Item } from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { entriesThat } from '../saved-answer.ts';
import { at, idAt, listAt, textAt, type Part } from '../tree.ts';

/**
 * A connection by its name: recipe and connection files agree on nothing else (custom connectors have another name in
 * each, and folders depend on where a package was exported). Only where a name is not enough, its number is `key`.
 */
export function connectionItem(name: string, connector: string, key = name): Item<'connection'> {
  const mailbox = mailboxIn(name);
  return connection({
    id: sharedId('workato', undefined, 'connection', key),
    name,
    connector,
    platform: 'workato',
    subject: mailbox === undefined ? 'unknown' : 'person',
    account: mailbox === undefined ? undefined : { email: mailbox },
    gaps: { status: 'not-seen', authentication: 'not-seen', lastUsedAt: 'not-seen' },
  });
}

/** Connections that a recipe is configured with, by provider; interfaces give their numbers instead of their names. */
export function configured(config: Part, numbered: Numbered = new Map()): Map<string, Item<'connection'>> {
  const found = listAt(config).flatMap((entry): [string, Item<'connection'>][] => {
    const provider = textAt(entry, 'provider');
    const account = at(entry, 'account_id');
    const number = idAt(account);
    const name = textAt(account, 'name') ?? textAt(account, 'zip_name') ?? (number && numbered.get(number)?.name);
    if (provider === undefined || (name ?? number) === undefined) return [];
    const key = number === undefined ? name : (numbered.get(number)?.key ?? number);
    return [[provider, reference(connectionItem(name ?? `${provider} ${number}`, provider, key))]];
  });
  return new Map(found);
}

/** Connections by their number in the workspace. */
export type Numbered = ReadonlyMap<string, { name: string; key: string }>;

/** The connections of lists: by name like everywhere else, by number where several bear one. */
export function numberedIn(lists: Iterable<Document>): Numbered {
  const all = [...lists].flatMap((document) => entriesThat(document, 'result', isListed));
  const named = Map.groupBy(all, ({ part }) => textAt(part, 'name'));
  return new Map(
    all.map(({ part }) => {
      const number = idAt(part, 'id') ?? '';
      const name = textAt(part, 'name') ?? number;
      return [number, { name, key: named.get(name)?.length === 1 ? name : number }];
    }),
  );
}

/** An entry of `GET /api/connections`: https://docs.workato.com/workato-api/connections.html#list-connections */
export function isListed(part: Part): boolean {
  return (
    idAt(part, 'id') !== undefined &&
    textAt(part, 'application') !== undefined &&
    at(part, 'authorized_at') !== undefined &&
    at(part, 'authorization_status') !== undefined
  );
}

/** A connection as the list tells of it. Nobody is named there. */
export function listedConnection(part: Part, numbered: Numbered, path: string, pointer: string): Item<'connection'> {
  const number = idAt(part, 'id') ?? '';
  const { name, key } = numbered.get(number) ?? { name: number, key: number };
  const item = connectionItem(name, textAt(part, 'application') ?? 'unknown', key);
  const authorised = textAt(part, 'authorization_status');
  const lost = at(part, 'connection_lost_at') ?? null;
  const status = lost !== null ? 'error' : authorised === 'success' ? 'active' : authorised ? 'error' : 'unknown';
  const { record } = connection({
    ...item.record,
    status,
    createdAt: instant(at(part, 'created_at')),
    updatedAt: instant(at(part, 'updated_at')),
    at: { path, pointer },
    gaps: { authentication: 'not-supported', lastUsedAt: 'not-supported', scopes: 'not-supported' },
  });
  return { ...item, record };
}
