import type { Joined } from '../core/ports.ts';
import { refKey, type Sourced, type Workflow } from '../core/record.ts';

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

/** The workflow with what lists alone know of it: exports do not tell whether it runs, when it ran, and who may use it. */
export function withLists(joined: Joined): Joined {
  const { record, same = [] } = joined;
  if (record.kind !== 'workflow' || record.outline === true) return joined;
  const rows = same
    .toSorted((a, b) => (refKey(addressOf(a)) < refKey(addressOf(b)) ? -1 : 1))
    .flatMap((other) => (other.record.kind === 'workflow' && other.record.outline === true ? other.record : []));
  if (rows.length === 0) return joined;
  const said = <K extends keyof Workflow>(key: K): Workflow[K] | undefined =>
    record[key] ?? rows.find((row) => row[key] !== undefined)?.[key];
  const state = record.state === 'unknown' ? rows.find((row) => row.state !== 'unknown')?.state : record.state;
  const filled = { sharedWith: said('sharedWith'), lastRunAt: said('lastRunAt'), createdAt: said('createdAt') };
  const present = Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== undefined));
  return { ...joined, record: { ...record, ...present, state: state ?? 'unknown' } };
}

function addressOf({ source, record }: Sourced) {
  return { source, kind: record.kind, id: record.id };
}
