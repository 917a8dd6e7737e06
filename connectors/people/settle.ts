import type { Remark } from '../../src/formats/list-source.ts';
import type { Item } from '../../src/sdk/index.ts';

/** A person whose id stands in several rows, and where one of them is. */
export interface Held {
  item: Item<'person'>;
  where: string;
}

/** Of several rows about one id the first with an address is kept; where they differ on who is here, none is believed. */
export function settle(rows: readonly Held[]): { item: Item<'person'>; remark?: Remark } {
  const [top] = rows as [Held];
  const first = rows.find(({ item }) => item.record.emails !== undefined) ?? top;
  const { leftAt: _, ...record } = first.item.record;
  const where = rows
    .slice(0, 5)
    .map((row) => row.where)
    .join(', ');
  const remark = (says: string): Remark => ({ about: 'id', says: `One id stands in several rows, and they ${says}` });
  const isActive = ({ item }: Held): boolean => item.record.status === 'active';
  if (rows.some((row) => isActive(row) !== isActive(first)))
    return {
      item: { ...first.item, record: { ...record, status: 'unknown' } },
      remark: remark(`differ on whether that person is here (${where}): keep the row that holds`),
    };
  if (rows.every((row) => sharesAddress(row, first))) return first;
  return { ...first, remark: remark(`share no address (${where}), so only the first is read: give each its own id`) };
}

function sharesAddress(one: Held, other: Held): boolean {
  const [some, more] = [one.item.record.emails ?? [], other.item.record.emails ?? []];
  return some.length === 0 || more.length === 0 || some.some((email) => more.includes(email));
}
