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
      'At last: npm run gen && npm run check',
    ],
  };
}

function template(name: string): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return `import { defineFormat, localId, pointer, workflow, type Step } from '../../sdk/index.ts';
import { at, isObject, listAt, textAt } from '../tree.ts';

/** Workflows as ${title} exports them. */
export const ${camelCase(name)} = defineFormat({
  id: '${name}',
  title: '${title} export',
  platform: '${name}',
  recognise: ({ tree, members }) =>
    members === undefined && isObject(at(tree, '${name}')) && listAt(tree, '${name}', 'steps').length > 0,
  parse(document) {
    const steps = listAt(document.tree, '${name}', 'steps').map((step, index): Step => {
      const id = textAt(step, 'id') ?? String(index);
      return {
        id,
        label: textAt(step, 'name') ?? id,
        connector: textAt(step, 'app') ?? 'unknown',
        pointer: pointer('${name}', 'steps', index),
      };
    });
    const edges = steps.slice(1).map((step, index) => ({ from: steps[index]?.id ?? step.id, to: step.id }));
    return {
      items: [
        workflow({
          id: localId(document),
          name: textAt(document.tree, '${name}', 'name') ?? document.path,
          platform: '${name}',
          format: '${name}',
          state: 'unknown',
          graph: { steps, edges, triggers: [] },
          at: { path: document.path },
          gaps: { state: 'not-seen', lastRunAt: 'not-seen' },
          // Every text of the document is scanned for secrets, and then dropped.
          contents: [
            {
              place: 'definition',
              path: document.path,
              text: document.text,
              ...(document.tree !== undefined && { tree: document.tree }),
            },
          ],
        }),
      ],
      problems: [],
    };
  },
  example: {
    path: '${name}.json',
    text: JSON.stringify({
      ${objectKey(name)}: {
        name: 'Orders to channel',
        steps: [
          { id: '1', name: 'An order arrives', app: 'webhook' },
          { id: '2', name: 'Tell the channel', app: 'chat' },
        ],
      },
    }),
  },
});
`;
}

function objectKey(name: string): string {
  return name.includes('-') ? `'${name}'` : name;
}
