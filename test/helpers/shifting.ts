import type { Tamper, VendorAnswer, VendorRequest } from './vendor.ts';

/** Parameters by which platforms number pages, or say where one begins. */
const POSITIONS = ['page', 'start_position', 'startIndex', 'start'];
/** What platforms call the number of all elements. */
const TOTAL = /^(?:total|totalSetSize|total_set_size|total_count|totalResults|num_results)$/;

type Exchange = readonly [VendorRequest, VendorAnswer];

/**
 * Breaks every list that is asked for by number or position as a deletion does: once its first page was answered, its
 * first element is gone, and the others move up. Undefined where there is no such list of more than a page.
 */
export function movesUp(exchanges: readonly Exchange[]): Tamper | undefined {
  const lists = new Map<string, Map<number, VendorAnswer>>();
  for (const [request, answer] of exchanges) {
    const { list, position } = placeOf(request);
    const pages = lists.get(list) ?? new Map<number, VendorAnswer>();
    if (elementsIn(answer.json)) lists.set(list, pages.set(position, answer));
  }
  const moved = [...lists].filter(([, pages]) => pages.size > 1);
  if (moved.length === 0) return undefined;
  const later = new Map(moved.flatMap(([list, pages]) => [...laterPages(list, pages)]));
  return (request, answer) => {
    const { list, position } = placeOf(request);
    return later.get(`${list} ${position}`) ?? answer;
  };
}

function* laterPages(list: string, pages: ReadonlyMap<number, VendorAnswer>): Generator<[string, VendorAnswer]> {
  const inOrder = [...pages].toSorted(([a], [b]) => a - b);
  const all = inOrder.flatMap(([, { json }]) => elementsIn(json) ?? []);
  let from = 0;
  for (const [position, { headers = {}, ...answer }] of inOrder) {
    const size = elementsIn(answer.json)?.length ?? 0;
    const elements = all.slice(1).slice(from, from + size);
    const { etag: _, ...others } = headers;
    if (from > 0)
      yield [
        `${list} ${position}`,
        { ...answer, headers: others, json: withElements(answer.json, elements, all.length) },
      ];
    from += size;
  }
}

function placeOf({ method, path, query }: VendorRequest): { list: string; position: number } {
  const rest = new URLSearchParams(query);
  const name = POSITIONS.find((each) => rest.has(each));
  const position = name === undefined ? 0 : Number(rest.get(name));
  if (name !== undefined) rest.delete(name);
  return { list: `${method} ${path}?${rest.toString()}`, position };
}

function elementsIn(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json;
  const [, elements] = Object.entries(json ?? {}).find(([, value]) => isList(value)) ?? [];
  return elements as readonly unknown[] | undefined;
}

function isList(value: unknown): value is readonly object[] {
  return Array.isArray(value) && typeof value[0] === 'object';
}

function withElements(json: unknown, elements: readonly unknown[], total: number): unknown {
  if (Array.isArray(json)) return elements;
  const oneLess = (value: unknown): unknown =>
    value === total ? total - 1 : value === `${total}` ? `${total - 1}` : value;
  return Object.fromEntries(
    Object.entries(json ?? {}).map(([name, value]) => {
      if (isList(value)) return [name, elements];
      if (TOTAL.test(name)) return [name, oneLess(value)];
      const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [name, nested ? withElements(value, elements, total) : value];
    }),
  );
}
