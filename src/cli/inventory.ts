import { UsageError } from '../core/errors.ts';
import { kinds, type AnyRecord, type Kind, type Sourced } from '../core/record.ts';
import type { App } from '../app.ts';
import { inertJson } from '../core/text.ts';
import { again } from './again.ts';
import { exit, type Io } from './io.ts';
import { counted, styles, table } from './style.ts';

export interface InventoryOptions {
  kind?: string;
  source?: string;
  text?: string;
  limit?: string;
  json?: boolean;
}

/** `rollcall inventory`: what was called at the roll. */
export async function inventory(app: App, options: InventoryOptions, io: Io): Promise<number> {
  const style = styles(io);
  const kind = options.kind === undefined ? undefined : kindFrom(options.kind);
  const limit = options.limit === undefined ? 100 : Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number above zero');
  const query = {
    ...(kind !== undefined && { kind }),
    ...(options.source !== undefined && { source: options.source }),
    ...(options.text !== undefined && { text: options.text.toLowerCase() }),
  };
  if (options.json) {
    for await (const page of app.store.records.search(query)) {
      for (const entry of page) await io.out(`${inertJson(entry)}\n`);
    }
    return exit.ok;
  }
  const rows: Sourced[] = [];
  for await (const page of app.store.records.search({ ...query, limit })) rows.push(...page);
  await io.out(
    table(
      rows,
      [
        { title: 'kind', text: ({ record }) => record.kind },
        { title: 'name', text: ({ record }) => record.name, flexible: true },
        { title: 'what', text: ({ record }) => whatIs(record) },
        { title: 'state', text: ({ record }) => stateOf(record) },
        {
          title: 'address',
          text: ({ source, record }) => `${source}/${record.kind}/${record.id}`,
          flexible: true,
          paint: (_row, text) => style.dim(text),
        },
      ],
      io,
    ),
  );
  const counts = await app.store.records.counts();
  const sum = kinds.filter((known) => counts[known]).map((known) => counted(counts[known] ?? 0, known, plural(known)));
  await io.out(style.dim(`\n${sum.join(', ') || `Nothing has been read yet: ${again('scan PATH', io, app)}`}\n`));
  return exit.ok;
}

function kindFrom(text: string): Kind {
  const kind = kinds.find((known) => known === text.toLowerCase() || plural(known) === text.toLowerCase());
  if (!kind) throw new UsageError(`"${text}" is no kind; there are: ${kinds.join(', ')}`);
  return kind;
}

/** `identities`, `people`. */
export function plural(kind: Kind): string {
  if (kind === 'person') return 'people';
  return kind === 'identity' ? 'identities' : `${kind}s`;
}

function whatIs(record: AnyRecord): string {
  if (record.kind === 'connection') return record.connector;
  if (record.kind === 'workflow') return record.platform;
  return 'type' in record && record.type !== undefined ? record.type : record.kind;
}

function stateOf(record: AnyRecord): string {
  if (record.kind === 'workflow') return record.state;
  return 'status' in record && record.status !== undefined ? record.status : '';
}
