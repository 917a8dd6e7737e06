import type { Json } from '../sdk/index.ts';
import { parseJson } from './json.ts';
import { defaultLimits } from './reading.ts';
import type { Part } from './tree.ts';

/** A part of a document that some exports hold as a text of JSON, read; any other part as it is. */
export function embedded(part: Part): Part {
  if (typeof part !== 'string' || !/^\s*[[{]/.test(part)) return part;
  const read = parseJson('', part, defaultLimits.depth);
  return 'tree' in read ? read.tree : part;
}

/** The items of a list, also of one that is written as a text. */
export function embeddedList(part: Part): readonly Json[] {
  const list = embedded(part);
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}
