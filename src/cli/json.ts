import { inertJson } from '../core/text.ts';

/** Keys under which instants stand, in records, findings, risks and decisions alike. */
const instants = /^(?:at|until|since)$|(?:At|Seen|Until)$/;

/** A value for other programs: as in reports, times are ISO 8601 in UTC. */
export function forPrograms(value: unknown, indent = 0): string {
  return inertJson(withTimes(value), indent);
}

function withTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTimes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      typeof inner === 'number' && instants.test(key) ? new Date(inner).toISOString() : withTimes(inner),
    ]),
  );
}
