import {
  attributed,
  connection,
  defineFormat,
  instant,
  link,
  sharedId,
  type Document,
  type Item,
} from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { joined } from '../once.ts';
import { at, isObject, listAt, textAt, type Part } from '../tree.ts';
import { connectionListExample } from './admin-examples.ts';
import { personRecord, whoIs } from './admin-people.ts';
import { adminRows, contentsOf, missingPages, type AdminRow, type Mark } from './admin-rows.ts';
import { environmentRecord, isPerson } from './flow.ts';
import { lastSegment } from './references.ts';
import { ROLES_BESIDE, rolesIn, type Roles } from './role-lists.ts';

const CONNECTIONS: Mark = {
  // With `DisplayName`: who a connection is shared with is listed under the other names too.
  columns: ['ConnectionName', 'ConnectorName', 'EnvironmentName', 'DisplayName'],
  type: /^(?:\/providers\/)?Microsoft\.PowerApps\/(?:scopes\/admin\/)?apis\/connections$/i,
};

/** Connections as an administrator lists them (`Get-AdminPowerAppConnection`), with who made each. */
export const powerPlatformConnectionList = defineFormat({
  id: 'power-platform-connection-list',
  title: 'Power Platform connection list',
  platform: 'power-automate',
  recognise: (document) => adminRows(document, CONNECTIONS).length > 0,
  neighbours: () => ROLES_BESIDE,
  parse(document) {
    const rows = adminRows(document, CONNECTIONS);
    const contents = contentsOf(document, rows);
    const roles = rolesIn('connections', document.neighbours?.values() ?? []);
    const parts = rows.map((row, index) => ({ items: recordsOf(row, document, contents(index), roles), problems: [] }));
    const problems = [...roles.problems, ...missingPages(document, rows.length, 'connections')];
    return joined([...parts, { items: [], problems }]);
  },
  example: connectionListExample,
});

function recordsOf(
  { part, answer, ...row }: AdminRow,
  document: Document,
  contents: Item['contents'],
  roles: Roles,
): Item[] {
  const properties = at(answer, 'properties');
  const native = textAt(part, 'ConnectionName') ?? textAt(answer, 'name') ?? '';
  const connector = textAt(part, 'ConnectorName') ?? lastSegment(textAt(properties, 'apiId')) ?? 'unknown';
  const environment =
    textAt(part, 'EnvironmentName') ??
    textAt(properties, 'environment', 'name') ??
    lastSegment(textAt(properties, 'environment', 'id'));
  const home = environment === undefined ? [] : [environmentRecord('power-automate', environment)];
  const name = textAt(part, 'DisplayName') ?? textAt(properties, 'displayName') ?? native;
  const mailbox = mailboxIn(name);
  const maker = [at(part, 'CreatedBy'), at(properties, 'createdBy')].find((one) => isObject(one));
  const made = connection({
    id: sharedId('power-automate', environment, connector, native),
    name,
    platform: 'power-automate',
    connector,
    status: statusOf(at(part, 'Statuses') ?? at(properties, 'statuses')),
    subject: mailbox === undefined ? 'unknown' : 'person',
    account: mailbox === undefined ? undefined : { email: mailbox },
    createdAt: instant(at(part, 'CreatedTime') ?? at(properties, 'createdTime')),
    updatedAt: instant(at(part, 'LastModifiedTime') ?? at(properties, 'lastModifiedTime')),
    at: { path: document.path, ...(row.pointer !== undefined && { pointer: row.pointer }) },
    links: home.map(({ record }) => link('contained-in', 'container', record.id)),
    attributions: [
      isPerson(textAt(maker, 'type'))
        ? attributed('created-by', whoIs(maker), 'creator-field', { evidence: 'createdBy' })
        : undefined,
      ...(roles.owners.get(native) ?? []),
    ],
    sharedWith: roles.sharedWith.get(native),
    gaps: { expiresAt: 'not-seen', lastUsedAt: 'not-supported', sharedWith: 'not-seen' },
    contents,
  });
  return [...home, ...personRecord(maker), made];
}

/** A list, or in a CSV file a word of PowerShell's that says nothing. */
function statusOf(statuses: Part): 'active' | 'error' | 'unknown' {
  const words = listAt(statuses).flatMap((one) => textAt(one, 'status')?.toLowerCase() ?? []);
  if (words.includes('error')) return 'error';
  return words.includes('connected') ? 'active' : 'unknown';
}
