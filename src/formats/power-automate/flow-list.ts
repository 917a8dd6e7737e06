import {
  attributed,
  defineFormat,
  instant,
  link,
  localId,
  publicName,
  workflow,
  type Attribution,
  type Document,
  type Graph,
  type Item,
  type Step,
  type WorkflowState,
} from '../../sdk/index.ts';
import { inboundEndpoints } from '../endpoints.ts';
import { joined } from '../once.ts';
import { at, isObject, listAt, textAt, type Part } from '../tree.ts';
import { flowListExample } from './admin-examples.ts';
import { adminRows, contentsOf, missingPages, type AdminRow, type Mark } from './admin-rows.ts';
import { environmentRecord, isPerson } from './flow.ts';
import { isDefinition } from './places.ts';
import { ROLES_BESIDE, rolesIn } from './role-lists.ts';
import { readTrigger } from './trigger.ts';

const FLOWS: Mark = {
  columns: ['FlowName', 'DisplayName', 'EnvironmentName'],
  type: /^(?:\/providers\/)?Microsoft\.ProcessSimple\/(?:\w+\/)*flows$/i,
};

/** Flows as an administrator lists them (`Get-AdminFlow`): without their definition, of which exports tell. */
export const powerAutomateFlowList = defineFormat({
  id: 'power-automate-flow-list',
  title: 'Power Automate flow list',
  platform: 'power-automate',
  recognise: (document) => flowsIn(document).length > 0,
  neighbours: () => ROLES_BESIDE,
  parse(document) {
    const rows = flowsIn(document);
    const roles = rolesIn('flows', document.neighbours?.values() ?? []);
    const entities = Map.groupBy(rows, entityOf);
    const contents = contentsOf(document, rows);
    const parts = rows.map((row, index) => {
      const alone = entities.get(entityOf(row))?.length === 1;
      const owned = roles.owners.get(nativeOf(row.part, row.answer) ?? '') ?? [];
      return { items: flowOf(row, document, alone, contents(index), owned), problems: [] };
    });
    return joined([
      ...parts,
      { items: [], problems: [...roles.problems, ...missingPages(document, rows.length, 'flows')] },
    ]);
  },
  example: flowListExample,
});

/** One with its definition is read with all that it does. */
function flowsIn(document: Document): AdminRow[] {
  const rows = adminRows(document, FLOWS).filter(({ part, answer }) => nativeOf(part, answer) !== undefined);
  return rows.some(({ answer }) => isDefinition(at(answer, 'properties', 'definition'))) ? [] : rows;
}

function nativeOf(part: Part, answer: Part): string | undefined {
  return textAt(part, 'FlowName') ?? textAt(answer, 'name');
}

/** The id that the flow has in Dataverse, and in solutions. */
function entityOf({ answer }: AdminRow): string | undefined {
  return textAt(answer, 'properties', 'workflowEntityId')?.toLowerCase();
}

function flowOf(
  row: AdminRow,
  document: Document,
  alone: boolean,
  contents: Item['contents'],
  owners: readonly Attribution[],
): Item[] {
  const { part, answer } = row;
  const properties = at(answer, 'properties');
  const native = nativeOf(part, answer) ?? '';
  const environment = textAt(part, 'EnvironmentName') ?? textAt(properties, 'environment', 'name');
  const home = environment === undefined ? [] : [environmentRecord('power-automate', environment)];
  const entity = alone ? entityOf(row) : undefined;
  const creator = [at(part, 'CreatedBy'), at(properties, 'creator')].find((one) => isObject(one));
  const state = stateOf(part, properties);
  const graph = triggersOf(properties);
  const id = localId(document, native);
  const name = textAt(part, 'DisplayName') ?? textAt(properties, 'displayName') ?? native;
  const flow = workflow({
    id,
    name,
    platform: 'power-automate',
    format: 'power-automate-flow-list',
    state,
    graph,
    outline: true,
    at: { path: document.path, ...(row.pointer !== undefined && { pointer: row.pointer }) },
    knownAs: [native, entity].flatMap((id) => (id === undefined ? [] : publicName('power-automate-flow', id))),
    createdAt: instant(at(part, 'CreatedTime') ?? at(properties, 'createdTime')),
    updatedAt: instant(at(part, 'LastModifiedTime') ?? at(properties, 'lastModifiedTime')),
    links: home.map(({ record }) => link('contained-in', 'container', record.id)),
    attributions: [
      ...owners,
      isPerson(textAt(creator, 'userType'))
        ? attributed('created-by', { id: textAt(creator, 'objectId') ?? textAt(creator, 'userId') }, 'creator-field', {
            evidence: 'creator',
          })
        : undefined,
    ],
    gaps: { lastRunAt: 'not-seen', sharedWith: 'not-seen', ...(state === 'unknown' && { state: 'not-seen' }) },
    contents,
  });
  const host = { id, name, platform: 'power-automate', path: document.path, state };
  return [...home, flow, ...inboundEndpoints(host, graph)];
}

/** Of what a flow does, a list tells what starts it at most. */
function triggersOf(properties: Part): Graph {
  const triggers = listAt(properties, 'definitionSummary', 'triggers').map((trigger, index) => {
    const operation = textAt(trigger, 'swaggerOperationId');
    const type = textAt(trigger, 'type') ?? 'trigger';
    const step: Step = { id: `trigger ${index + 1}`, label: operation ?? type, connector: type, role: 'source' };
    return { step, trigger: { step: step.id, ...readTrigger(trigger, '', operation, { logicApp: false }) } };
  });
  return { steps: triggers.map(({ step }) => step), edges: [], triggers: triggers.map(({ trigger }) => trigger) };
}

/** `Enabled` is true for a flow whose state is `Started`; in a CSV file both are words. */
function stateOf(part: Part, properties: Part): WorkflowState {
  const enabled = at(part, 'Enabled');
  const word = typeof enabled === 'boolean' ? `${enabled}` : (textAt(enabled) ?? textAt(properties, 'state') ?? '');
  if (/^(?:true|started)$/i.test(word)) return 'active';
  return /^(?:false|stopped|suspended)$/i.test(word) ? 'inactive' : 'unknown';
}
