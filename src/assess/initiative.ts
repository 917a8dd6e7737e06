import type { AnyRecord } from '../core/record.ts';

/** What a finding counts towards in the risk register. */
export interface Initiative {
  id: string;
  name: string;
}

/** The container that a record belongs to; else its top folder; else its source. */
export function initiativeOf(source: string, record: AnyRecord, containers: readonly AnyRecord[]): Initiative {
  const container = record.kind === 'container' ? record : containers[0];
  if (container && container.kind === 'container' && container.type !== 'file') {
    return { id: `${source}/${container.id}`, name: container.name };
  }
  const folder = topFolder(record.at?.path);
  if (folder !== undefined) return { id: `${source}/${folder}`, name: folder };
  return { id: source, name: source };
}

function topFolder(path: string | undefined): string | undefined {
  const slash = path?.indexOf('/') ?? -1;
  return path === undefined || slash <= 0 ? undefined : path.slice(0, slash);
}
