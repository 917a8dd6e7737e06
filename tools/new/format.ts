import { camelCase } from '../gen/generated.ts';
import type { Scaffold } from './template.ts';

/** A format that reads its own small example into a workflow with a graph. */
export function newFormat(_root: string, name: string): Scaffold {
  const path = `src/formats/${name}/${name}.ts`;
  return {
    files: [{ path, text: template(name) }],
    next: [
      `Open ${path}: put a small export, written by hand, into "example"; then teach recognise() its mark and parse() its steps.`,
      `Prove it: npx vitest run --project unit src/formats/index.test.ts -t ${name}`,
      'It is green now. Change the example first, and see it go red.',
      'Recognise by content, never by file name; no other format may recognise your example, nor you theirs.',
      'At last: npm run gen && npm run format && npm run check',
    ],
  };
}

function template(name: string): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return `import {
  attributed,
  connection,
  defineFormat,
  localId,
  pointer,
  sharedId,
  workflow,
  type Json,
  type Step,
  type Trigger,
} from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { inboundEndpoints } from '../endpoints.ts';
import { at, idAt, isObject, listAt, textAt } from '../tree.ts';

const PLATFORM = '${name}';

/** Workflows as ${title} exports them. */
export const ${camelCase(name)} = defineFormat({
  id: '${name}',
  title: '${title} export',
  platform: PLATFORM,
  recognise: ({ tree, members }) =>
    members === undefined && isObject(at(tree, '${name}')) && listAt(tree, '${name}', 'steps').length > 0,
  parse(document) {
    const flow = at(document.tree, '${name}');
    const listed = listAt(flow, 'steps');
    const steps = listed.flatMap((step, index) => (isObject(step) ? [stepOf(step, index)] : []));
    const graph = {
      steps,
      edges: steps.slice(1).map((step, index) => ({ from: steps[index]?.id ?? step.id, to: step.id })),
      triggers: listed.flatMap((step, index) => triggerOf(step, index)),
    };
    const host = {
      id: localId(document, idAt(flow, 'id')),
      name: textAt(flow, 'name') ?? document.path,
      platform: PLATFORM,
      path: document.path,
      state: at(flow, 'enabled') === true ? 'active' : 'unknown',
    } as const;
    return {
      items: [
        workflow({
          id: host.id,
          name: host.name,
          platform: PLATFORM,
          format: '${name}',
          state: host.state,
          graph,
          at: { path: document.path },
          attributions: [
            attributed('created-by', { email: textAt(flow, 'author') }, 'creator-field', { evidence: 'author' }),
          ],
          gaps: { lastRunAt: 'not-seen' },
          // Every text of the document is scanned for secrets, and then dropped.
          contents: [contentOf(document, 'definition')],
        }),
        ...listAt(flow, 'connections').map((each, index) =>
          connection({
            id: connectionId(idAt(each, 'id') ?? index),
            name: textAt(each, 'name') ?? 'connection',
            platform: PLATFORM,
            connector: textAt(each, 'app') ?? 'unknown',
            gaps: { status: 'not-seen', scopes: 'not-seen', expiresAt: 'not-seen' },
          }),
        ),
        ...inboundEndpoints(host, graph),
      ],
      problems: listed.flatMap((step, index) =>
        isObject(step) ? [] : [{ pointer: pointer('${name}', 'steps', index), detail: 'a step is no object' }],
      ),
    };
  },
  example: {
    path: '${name}.json',
    text: JSON.stringify({
      ${objectKey(name)}: {
        id: 7,
        name: 'Orders to channel',
        enabled: true,
        author: 'ann@acme.example',
        steps: [
          { id: '1', name: 'An order arrives', app: 'webhook', auth: 'none' },
          { id: '2', name: 'Tell the channel', app: 'chat', connection: 3 },
        ],
        connections: [{ id: 3, name: 'Chat of the shop', app: 'chat' }],
      },
    }),
  },
});

function stepOf(step: Json, index: number): Step {
  const id = idAt(step, 'id') ?? String(index);
  const runsOn = idAt(step, 'connection');
  return {
    id,
    label: textAt(step, 'name') ?? id,
    connector: textAt(step, 'app') ?? 'unknown',
    ...(runsOn !== undefined && { connection: connectionId(runsOn) }),
    pointer: pointer('${name}', 'steps', index),
  };
}

/** What starts it, and how whoever does so proves who they are: \`unknown\` where the export does not say. */
function triggerOf(step: Json, index: number): Trigger[] {
  if (textAt(step, 'app') !== 'webhook') return [];
  const authentication = textAt(step, 'auth') === 'none' ? 'none' : 'unknown';
  return [{ step: idAt(step, 'id') ?? String(index), kind: 'webhook', authentication }];
}

/** Several exports may mention one connection: it is the same one. */
function connectionId(native: string | number): string {
  return sharedId(PLATFORM, undefined, 'connection', native);
}
`;
}

function objectKey(name: string): string {
  return name.includes('-') ? `'${name}'` : name;
}
