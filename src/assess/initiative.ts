import type { AnyRecord, Container } from '../core/record.ts';

/** What a finding counts towards in the risk register. */
export interface Initiative {
  id: string;
  name: string;
}

/** Containers that stand for a piece of the business; a folder or repository only says where an export lies. */
const business: readonly Container['type'][] = [
  'environment',
  'project',
  'team',
  'account',
  'organisation',
  'instance',
  'vault',
];

/** The container that a record belongs to; else its top folder; else its platform, for lists of many; else its source. */
export function initiativeOf(source: string, record: AnyRecord, containers: readonly AnyRecord[]): Initiative {
  const candidates = record.kind === 'container' ? [record] : containers;
  const container = candidates.find((candidate) => candidate.kind === 'container' && business.includes(candidate.type));
  if (container) return { id: `${source}/${container.id}`, name: container.name };
  const folder = topFolder(record.at?.path);
  if (folder !== undefined) return { id: `${source}/${folder}`, name: folder };
  if (record.kind !== 'workflow' && 'platform' in record && record.platform !== undefined) {
    return { id: `${source}/${record.platform}`, name: record.platform };
  }
  return { id: source, name: source };
}

function topFolder(path: string | undefined): string | undefined {
  const slash = path?.indexOf('/') ?? -1;
  return path === undefined || slash <= 0 || path.startsWith('.') ? undefined : path.slice(0, slash);
}
