import {
  attributed,
  defineFormat,
  instant,
  link,
  localId,
  workflow,
  type Audience,
  type Document,
  type Item,
  type WorkflowState,
} from '../../sdk/index.ts';
import { joined } from '../once.ts';
import { personRecord, whoIs } from '../power-automate/admin-people.ts';
import { adminRows, contentsOf, missingPages, type AdminRow, type Mark } from '../power-automate/admin-rows.ts';
import { environmentRecord, isPerson } from '../power-automate/flow.ts';
import { ROLES_BESIDE, rolesIn, type Roles } from '../power-automate/role-lists.ts';
import { at, isObject, textAt, type Part } from '../tree.ts';
import { graphOf, knownAs } from './app.ts';
import { appListExample } from './examples.ts';
import { reached } from './references.ts';

const APPS: Mark = {
  columns: ['AppName', 'DisplayName', 'EnvironmentName', 'Owner'],
  type: /^(?:\/providers\/)?Microsoft\.PowerApps\/(?:scopes\/admin\/)?(?:environments\/)?apps$/i,
};

/**
 * Apps as an administrator lists them, with their owners.
 * https://learn.microsoft.com/powershell/module/microsoft.powerapps.administration.powershell/get-adminpowerapp
 */
export const powerAppsList = defineFormat({
  id: 'power-apps-list',
  title: 'Power Apps list',
  platform: 'power-apps',
  recognise: (document) => adminRows(document, APPS).length > 0,
  neighbours: () => ROLES_BESIDE,
  parse(document) {
    const rows = adminRows(document, APPS);
    const contents = contentsOf(document, rows);
    const logical = Map.groupBy(rows, logicalName);
    const roles = rolesIn('apps', document.neighbours?.values() ?? []);
    const parts = rows.map((row, index) => {
      // One solution in two environments has one name for two apps.
      const known = logical.get(logicalName(row))?.length === 1 ? knownAs(logicalName(row)) : undefined;
      return { items: recordsOf(row, document, contents(index), { known, roles }), problems: [] };
    });
    const problems = [...roles.problems, ...missingPages(document, rows.length, 'apps')];
    return joined([...parts, { items: [], problems }]);
  },
  example: appListExample,
});

function logicalName({ part, answer }: AdminRow): string | undefined {
  return textAt(answer, 'logicalName') ?? textAt(part, 'LogicalName');
}

function recordsOf(
  { part, answer, ...row }: AdminRow,
  document: Document,
  contents: Item['contents'],
  { known, roles }: { known: readonly string[] | undefined; roles: Roles },
): Item[] {
  if (at(answer, 'isAppComponentLibrary') === true) return [];
  const properties = at(answer, 'properties');
  const native = textAt(part, 'AppName') ?? textAt(answer, 'name') ?? '';
  const environment =
    textAt(part, 'EnvironmentName') ??
    textAt(properties, 'environment', 'name') ??
    textAt(answer, 'tags', 'environmentId');
  const home = environment === undefined ? [] : [environmentRecord('power-automate', environment)];
  const sharedWith = roles.sharedWith.get(native) ?? sharingOf(properties);
  const { connections, steps } = reached(at(properties, 'connectionReferences'), at(properties, 'databaseReferences'), {
    environment,
    sharedWith,
  });
  const owner = [at(part, 'Owner'), at(properties, 'owner')].find((one) => isObject(one));
  const maker = at(properties, 'createdBy');
  const state = stateOf(properties);
  const app = workflow({
    id: localId(document, native),
    name: textAt(part, 'DisplayName') ?? textAt(properties, 'displayName') ?? native,
    platform: 'power-apps',
    format: 'power-apps-list',
    state,
    graph: graphOf(steps),
    outline: true,
    at: { path: document.path, ...(row.pointer !== undefined && { pointer: row.pointer }) },
    knownAs: known,
    createdAt: instant(at(part, 'CreatedTime') ?? at(properties, 'createdTime')),
    updatedAt: instant(at(part, 'LastModifiedTime') ?? at(properties, 'lastModifiedTime')),
    sharedWith,
    links: [
      ...home.map(({ record }) => link('contained-in', 'container', record.id)),
      ...connections.map(({ record }) => link('uses', 'connection', record.id)),
    ],
    attributions: [
      isPerson(textAt(owner, 'type'))
        ? attributed('owned-by', whoIs(owner), 'platform-owner', { evidence: 'Owner' })
        : undefined,
      ...(roles.owners.get(native) ?? []),
      isPerson(textAt(maker, 'type'))
        ? attributed('created-by', whoIs(maker), 'creator-field', { evidence: 'createdBy' })
        : undefined,
    ],
    gaps: {
      ...(state === 'unknown' && { state: 'not-seen' as const }),
      lastRunAt: 'not-supported',
      sharedWith: 'not-seen',
    },
    contents,
  });
  return [...home, ...personRecord(owner), ...personRecord(maker), app, ...connections];
}

/** People open what was published; a draft is its maker's. */
function stateOf(properties: Part): WorkflowState {
  const cycle = textAt(properties, 'lifeCycleId');
  return cycle === 'Published' ? 'active' : cycle === 'Draft' ? 'draft' : 'unknown';
}

/** That some were named; all of the tenant may be let in besides, which these numbers do not count. */
function sharingOf(properties: Part): Audience | undefined {
  const users = at(properties, 'sharedUsersCount');
  const groups = at(properties, 'sharedGroupsCount');
  if (typeof users !== 'number' || typeof groups !== 'number') return undefined;
  return users + groups === 0 ? undefined : { reach: 'some' };
}
