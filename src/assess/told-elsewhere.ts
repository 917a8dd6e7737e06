import type { Joined } from '../core/ports.ts';

/**
 * Is it a row of a list, of whose workflow another record tells what it does, or the same row in a file that comes first?
 * Whatever is wrong with it would be told twice.
 */
export function isToldElsewhere({ source, record, same = [] }: Joined): boolean {
  if (record.kind !== 'workflow' || record.outline !== true) return false;
  const comesFirst = (there: string, id: string): boolean => (there === source ? id < record.id : there < source);
  return same.some(
    (other) =>
      other.record.kind === 'workflow' && (other.record.outline !== true || comesFirst(other.source, other.record.id)),
  );
}
