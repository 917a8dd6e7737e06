import { at, isObject, listAt, textAt, type Part } from '../tree.ts';

type Path = readonly (string | number)[];

/** A resource of a document, and the deployment templates that it stands in, the innermost last. */
export interface ResourcePlace {
  path: Path;
  templates: readonly Path[];
}

/**
 * The resources of a template, theirs, and those of the templates nested in it, which compiled Bicep modules become; a
 * list, or by symbolic name. How deep that goes is limited by how deep a document may be.
 */
export function templateResources(tree: Part, template: Path = [], outer: readonly Path[] = []): ResourcePlace[] {
  const templates = [...outer, template];
  return children(tree, [...template, 'resources']).flatMap((path) => [
    { path, templates },
    ...children(tree, [...path, 'resources']).map((child) => ({ path: child, templates })),
    ...templateResources(tree, [...path, 'properties', 'template'], templates),
  ]);
}

function children(tree: Part, list: Path): Path[] {
  const found = at(tree, ...list);
  if (isObject(found)) return Object.keys(found).map((name) => [...list, name]);
  return listAt(tree, ...list).map((_, index): Path => [...list, index]);
}

/** The expression that a variable or a parameter's default stands for, where it is none of these itself. */
export function expanded(
  tree: Part,
  templates: readonly Path[],
  text: string | undefined,
  left = 6,
): string | undefined {
  const [, list, name] = /^\[(parameters|variables)\('([^']+)'\)\]$/.exec(text ?? '') ?? [];
  const here = templates.at(-1);
  if (list === undefined || name === undefined || here === undefined || left === 0) return text;
  const path = list === 'variables' ? ['variables', name] : ['parameters', name, 'defaultValue'];
  return expanded(tree, templates, textAt(tree, ...here, ...path), left - 1);
}

/**
 * What a text of a template says: itself, or what the template tells of a parameter's default, a variable or both
 * strung together. Undefined for any other expression. https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions
 */
export function told(tree: Part, templates: readonly Path[], text: string | undefined, left = 6): string | undefined {
  if (text === undefined || !text.startsWith('[')) return text;
  if (left === 0) return undefined;
  const [, call, inner = ''] = /^\[(parameters|variables|concat)\(([^]{0,500})\)\]$/.exec(text) ?? [];
  const name = /^'([^']+)'$/.exec(inner)?.[1];
  if (call === 'concat') {
    const parts = (inner.match(/'[^']*'|[^',\s()]+\('[^']*'\)|[^,\s]+/g) ?? []).map((part) =>
      /^'[^']*'$/.test(part) ? part.slice(1, -1) : told(tree, templates, `[${part}]`, left - 1),
    );
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  const here = templates.at(-1);
  if (name === undefined || here === undefined) return undefined;
  if (call === 'variables') return told(tree, templates, textAt(tree, ...here, 'variables', name), left - 1);
  const given = textAt(tree, ...here.slice(0, -1), 'parameters', name, 'value');
  if (templates.length > 1 && given !== undefined) return told(tree, templates.slice(0, -1), given, left - 1);
  return told(tree, templates, textAt(tree, ...here, 'parameters', name, 'defaultValue'), left - 1);
}
