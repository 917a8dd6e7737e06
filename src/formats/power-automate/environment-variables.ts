import type { Content, Document } from '../../sdk/index.ts';
import { at, textAt } from '../tree.ts';
import { elementText } from '../xml.ts';

const VARIABLE =
  /(?:^|\/)environmentvariabledefinitions\/([^/]+)\/environmentvariable(?:definition\.xml|values\.json)$/i;

/**
 * A solution's environment variable by name, so that its value is judged by what it is called: the files themselves
 * keep name and value apart. https://learn.microsoft.com/power-apps/maker/data-platform/environmentvariables
 */
export function environmentVariable(document: Document): { name: string; content: Content } | undefined {
  const { path, text, tree, syntax } = document;
  const name = VARIABLE.exec(path)?.[1];
  if (name === undefined) return undefined;
  const value = syntax === 'json' ? currentValue(tree) : elementText(text, 'defaultvalue');
  if (value === undefined) return undefined;
  return { name, content: { place: 'configuration', path, text, tree: { [name]: value } } };
}

function currentValue(tree: Document['tree']): string | undefined {
  const values = at(tree, 'environmentvariablevalues', 'environmentvariablevalue');
  return textAt(values, 'value') ?? textAt(values, 0, 'value');
}
