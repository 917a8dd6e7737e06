import type { AnyRecord, Container } from '../core/record.ts';

/** What a finding counts towards in the risk register. */
export interface Initiative {
  id: string;
  name: string;
}

/** Containers that stand for a piece of the business; a folder only says where an export lies. */
const business: ReadonlySet<Container['type']> = new Set([
  'environment',
  'project',
  'team',
  'account',
  'organisation',
  'instance',
  'vault',
]);

/** The container that a record belongs to; else its top folder; else its platform, for lists of many; else its source. */
export function initiativeOf(source: string, record: AnyRecord, containers: readonly AnyRecord[]): Initiative {
  const candidates = record.kind === 'container' ? [record] : containers;
  const container = candidates.find(isBusiness);
  if (container) return { id: `${source}/${container.id}`, name: container.name };
  const folder = topFolder(record.at?.path);
  if (folder !== undefined) return { id: `${source}/${folder}`, name: folder };
  if (record.kind !== 'workflow' && 'platform' in record && record.platform !== undefined) {
    return { id: `${source}/${record.platform}`, name: record.platform };
  }
  return { id: source, name: source };
}

/** A platform's repository is what a team builds; one on a disk is where exports lie. */
function isBusiness(record: AnyRecord): boolean {
  if (record.kind !== 'container') return false;
  return business.has(record.type) || (record.type === 'repository' && record.platform !== undefined);
}

function topFolder(path: string | undefined): string | undefined {
  const [place = ''] = path?.split('!/') ?? [];
  const slash = place.indexOf('/');
  return slash <= 0 || place.startsWith('.') ? undefined : place.slice(0, slash);
}
