import { pointer, type Json, type Label } from '../../sdk/index.ts';
import { at, entriesAt, isObject, textAt, type Part } from '../tree.ts';

type Path = readonly (string | number)[];

const secretName =
  /pass(?:word|phrase)?$|secret|token|^key$|(?:api|access|private|auth|signing|encryption)_?key$|^pin$|^json$|connection_?string/i;
const harmlessName = /(?:url|type|expires?(?:_?in|_?at)?)$/i;
const valueTypes = /^http(?:Header|Query|Bearer)Auth$/;

/** Which fields of a decrypted credential hold its secret. A reference to an external vault is none. */
export function secretLabels(part: Json, path: Path): Label[] {
  const type = textAt(part, 'type') ?? '';
  const visit = (value: Part, here: Path): Label[] =>
    entriesAt(value).flatMap(([key, child]): Label[] => {
      if (isObject(child)) return visit(child, [...here, key]);
      if (typeof child !== 'string' || child === '' || child.startsWith('=')) return [];
      const named = secretName.test(key) && !harmlessName.test(key);
      if (!named && !(key === 'value' && valueTypes.test(type))) return [];
      return [{ pointer: pointer(...here, key), place: 'credential-export', secret: true }];
    });
  return visit(at(part, 'data'), [...path, 'data']);
}
