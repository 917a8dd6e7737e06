import type { Content, Document, Format, Parsed } from '../sdk/index.ts';
import { appsScript } from './apps-script/apps-script.ts';
import { githubActions } from './github-actions/github-actions.ts';
import { mcp } from './mcp/mcp.ts';

/** Every export format, the one with the surest mark first: the first that recognises a document reads it. */
export const formats: readonly Format[] = [githubActions, appsScript, mcp];

/** What a document turned out to be. Every text in it is either on an item or in `rest`: nothing goes unscanned. */
export interface Recognised extends Parsed {
  /** Ids of the formats that were recognised: several in an archive, none in an ordinary file. */
  formats: readonly string[];
  /** Text that belongs to no record. */
  rest: readonly Content[];
}

/** Reads a document with the first format that recognises it; the members of an unknown archive each by themselves. */
export function recogniseAndParse(document: Document, among: readonly Format[] = formats): Recognised {
  for (const format of among) {
    const parsed = attempt(format, document);
    if (parsed === undefined) continue;
    return { formats: parsed === 'failed' ? [] : [format.id], ...withRest(document, parsed, format) };
  }
  const members = [...(document.members?.values() ?? [])].map((member) => recogniseAndParse(member, among));
  return {
    formats: [...new Set(members.flatMap((member) => member.formats))],
    items: members.flatMap((member) => member.items),
    problems: members.flatMap((member) => member.problems),
    rest: [...asText(document), ...members.flatMap((member) => member.rest)],
  };
}

/** A format that trips over a document must not cost the document its scan: it is read as text, and that is said. */
function attempt(format: Format, document: Document): Parsed | 'failed' | undefined {
  try {
    return format.recognise(document) ? format.parse(document) : undefined;
  } catch {
    return 'failed';
  }
}

function withRest(document: Document, parsed: Parsed | 'failed', format: Format): Omit<Recognised, 'formats'> {
  if (parsed === 'failed') {
    const detail = `${document.path} could not be read as ${format.title} (a defect of this program, please report it); it was scanned as text.`;
    return { items: [], problems: [{ detail }], rest: leaves(document).flatMap(asText) };
  }
  const covered = new Set(
    parsed.items.flatMap((item) => (item.contents ?? []).map((content) => content.path ?? document.path)),
  );
  return {
    ...parsed,
    rest: leaves(document)
      .filter((leaf) => !covered.has(leaf.path))
      .flatMap(asText),
  };
}

function leaves(document: Document): Document[] {
  if (document.members === undefined) return [document];
  return [...document.members.values()].flatMap(leaves);
}

function asText(document: Document): Content[] {
  if (document.text === '') return [];
  const { path, text, tree } = document;
  return [{ place: 'repository', path, text, ...(tree !== undefined && { tree }) }];
}
