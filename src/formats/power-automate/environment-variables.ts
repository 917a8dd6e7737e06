import type { Content, Document } from '../../sdk/index.ts';
import { at, textAt } from '../tree.ts';
import { elementText } from './xml.ts';

const VARIABLE = /^environmentvariabledefinitions\/([^/]+)\/environmentvariable(?:definition\.xml|values\.json)$/i;

/**
 * A solution's environment variables by name, so that a value is judged by what it is called: the files themselves
 * keep name and value apart. https://learn.microsoft.com/power-apps/maker/data-platform/environmentvariables
 */
export function environmentVariables(document: Document): Content[] {
  return [...(document.members ?? [])].flatMap(([path, member]) => {
    const name = VARIABLE.exec(path)?.[1];
    const value = member.syntax === 'json' ? currentValue(member) : elementText(member.text, 'defaultvalue');
    if (name === undefined || value === undefined) return [];
    return { place: 'configuration' as const, path: member.path, text: member.text, tree: { [name]: value } };
  });
}

function currentValue(member: Document): string | undefined {
  const values = at(member.tree, 'environmentvariablevalues', 'environmentvariablevalue');
  return textAt(values, 'value') ?? textAt(values, 0, 'value');
}
