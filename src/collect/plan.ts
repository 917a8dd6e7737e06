import type { BlindReason } from '../core/coverage.ts';
import type { Access, Connector, Stream } from '../sdk/connector.ts';
import type { Network } from './http/network.ts';

/** One configured source: its id is part of every record's address. */
export interface SourcePlan {
  id: string;
  connector: Connector;
  /** As the connector's own schema parsed it. */
  config: unknown;
  /** Ids of streams that the configuration switches off. */
  disabled?: readonly string[];
  network?: Network;
}

/** A stream in its place of the order, and why it does not run if it does not. */
export interface PlannedStream {
  id: string;
  stream: Stream<unknown>;
  skip?: { reason: BlindReason; detail: string };
}

type Grants = Pick<Access, 'granted' | 'beyondPlan'>;

/** Orders a source's streams, parents first, and says which are skipped before anything is read. */
export function plan(source: SourcePlan, grants: Grants): PlannedStream[] {
  const streams = streamsOf(source);
  const planned = new Map<string, PlannedStream>();
  for (const id of ordered(source.connector.id, streams)) {
    const stream = streams[id];
    if (stream === undefined) continue;
    const skip = reasonToSkip(source, id, stream, grants) ?? skippedParent(stream, planned);
    planned.set(id, { id, stream, ...(skip !== undefined && { skip }) });
  }
  return [...planned.values()];
}

/** The streams that a source has with its configuration. */
export function streamsOf({ connector, config }: SourcePlan): Readonly<Record<string, Stream<unknown>>> {
  const all = Object.entries(connector.streams as Readonly<Record<string, Stream<unknown>>>);
  return Object.fromEntries(all.filter(([, stream]) => stream.applies?.(config) !== false));
}

function reasonToSkip(
  source: SourcePlan,
  id: string,
  stream: Stream<unknown>,
  { granted, beyondPlan }: Grants,
): PlannedStream['skip'] {
  if (source.disabled?.includes(id) === true) {
    return { reason: 'disabled', detail: 'switched off in the configuration' };
  }
  if (granted === 'unknown') return undefined;
  const lacking = stream.requires.find(
    ({ scope, orElse = [] }) => ![scope, ...orElse].some((enough) => granted.includes(enough)),
  );
  if (lacking === undefined) return undefined;
  if (beyondPlan?.scopes.includes(lacking.scope) === true) return { reason: 'not-licensed', detail: beyondPlan.detail };
  return { reason: 'permission', detail: `needs the permission ${lacking.scope}: ${lacking.why}` };
}

function skippedParent(stream: Stream<unknown>, planned: ReadonlyMap<string, PlannedStream>): PlannedStream['skip'] {
  for (const parent of stream.after ?? []) {
    const skip = planned.get(parent)?.skip;
    if (skip !== undefined) return skippedWith(parent, skip);
  }
  return undefined;
}

/** What is skipped takes along what reads from it, for its own reason. */
export function skippedWith(
  parent: string,
  { reason, detail }: NonNullable<PlannedStream['skip']>,
): NonNullable<PlannedStream['skip']> {
  return { reason, detail: `reads from ${parent}, which was skipped: ${detail}` };
}

/** Depth first, in the order of declaration. */
function ordered(connector: string, streams: Readonly<Record<string, Stream<unknown>>>): string[] {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (done.has(id)) return;
    if (path.includes(id)) throw new Error(`${connector}: streams wait for each other: ${[...path, id].join(' → ')}`);
    const stream = streams[id];
    if (stream === undefined) throw new Error(`${connector}: ${path.at(-1)} comes after ${id}, which does not exist`);
    const joined = (stream.joins ?? []).filter((other) => streams[other] !== undefined);
    for (const parent of [...(stream.after ?? []), ...joined]) visit(parent, [...path, id]);
    done.add(id);
  };
  for (const id of Object.keys(streams)) visit(id, []);
  return [...done];
}
