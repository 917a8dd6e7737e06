import { readDocument } from '../../src/formats/document.ts';
import { formats, recogniseAndParse } from '../../src/formats/index.ts';
import { neighboursOf, withNeighbours } from '../../src/formats/neighbours.ts';
import {
  container,
  link,
  onlyWithMatches,
  type Attribution,
  type BlindReason,
  type Content,
  type Document,
  type Item,
} from '../../src/sdk/index.ts';

/** Id of the container that stands for the scanned folder itself. */
export const rootId = '.';

/** Reads files that another one is explained by; none when they are not there or the walk would not read them. */
export type ReadNeighbours = (path: string) => Promise<readonly Document[]>;

export type TellBlind = (subject: string, reason: BlindReason, detail: string, expected?: 'expected') => void;

/** Everything that one file says: the records of its format, and its remaining text on a record of its own. */
export async function itemsOf(
  path: string,
  bytes: Uint8Array,
  blind: TellBlind,
  neighbours: ReadNeighbours,
): Promise<Item[]> {
  const reading = await readDocument(path, bytes);
  for (const each of reading.blind) blind(each.subject, each.reason, each.detail, each.expected);
  if (reading.document === undefined) return [];
  const recognised = recogniseAndParse(await explained(reading.document, neighbours));
  for (const problem of recognised.problems) {
    const where = problem.pointer === undefined ? path : `${path}#${problem.pointer}`;
    blind(where, 'unparsable', problem.detail);
  }
  for (const { path: list, detail } of recognised.unread) blind(list, 'config', detail, 'expected');
  const rest = Map.groupBy(recognised.rest, (content) => content.path ?? path);
  return [...recognised.items, ...[...rest].map(([file, contents]) => fileOf(file, contents))].map(inRoot);
}

async function explained(document: Document, read: ReadNeighbours): Promise<Document> {
  const wanted = neighboursOf(document, formats);
  return withNeighbours(document, await Promise.all(wanted.map(async (one) => [one, await read(one.path)] as const)));
}

/** Text without a record: one for the file, which stays only if a secret is found in it. */
function fileOf(path: string, contents: readonly Content[]): Item {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return onlyWithMatches(container({ id: path, name, type: 'file', at: { path }, contents }));
}

/** Is it what a format made of the file, rather than the file itself? */
export function isDefined({ record }: Item): boolean {
  return record.kind !== 'container' || record.type !== 'file';
}

/** What belongs to nothing else belongs to the folder that was scanned. */
function inRoot(item: Item): Item {
  const links = item.record.links ?? [];
  if (item.reference || links.some((each) => each.rel === 'contained-in')) return item;
  return { ...item, record: { ...item.record, links: [...links, link('contained-in', 'container', rootId)] } };
}

/** Adds what the file's surroundings say about people to every record that the file defines and that stands in it. */
export function withAttributions(path: string, item: Item, more: readonly Attribution[]): Item {
  const { record } = item;
  const place = record.at?.path ?? path;
  if (more.length === 0 || item.reference || (place !== path && !place.startsWith(`${path}!/`))) return item;
  return { ...item, record: { ...record, attributions: [...(record.attributions ?? []), ...more] } };
}
