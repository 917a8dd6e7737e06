import { UsageError } from '../core/errors.ts';
import { kinds, type AnyRecord, type Kind } from '../core/record.ts';
import type { App } from '../app.ts';
import { limitFrom, sourceFrom } from './filters.ts';
import { exit, type Io } from './io.ts';
import { forPrograms } from './json.ts';
import { counted, styles, table } from './style.ts';

export interface InventoryOptions {
  kind?: string;
  source?: string;
  text?: string;
  limit?: string;
  json?: boolean;
}

const ROWS = 100;

/** `rollcall inventory`: what was called at the roll. */
export async function inventory(app: App, options: InventoryOptions, io: Io): Promise<number> {
  const style = styles(io);
  const kind = options.kind === undefined ? undefined : kindFrom(options.kind);
  const limit = limitFrom(options.limit, options.json ? Number.MAX_SAFE_INTEGER : ROWS);
  const query = {
    ...(kind !== undefined && { kind }),
    ...(options.source !== undefined && { source: await sourceFrom(app, options.source) }),
    ...(options.text !== undefined && { text: options.text.toLowerCase() }),
  };
  const counts = await app.store.records.counts();
  if (Object.keys(counts).length === 0)
    throw new UsageError(`${app.db}: nothing has been read into this register yet; begin with: rollcall scan PATH`);
  if (options.json) {
    for await (const page of app.store.records.search({ ...query, limit })) {
      for (const entry of page) await io.out(`${forPrograms(entry)}\n`);
    }
    return exit.ok;
  }
  // One more than is shown tells whether there are more.
  const found = (await Array.fromAsync(app.store.records.search({ ...query, limit: limit + 1 }))).flat();
  const rows = found.slice(0, limit);
  if (rows.length === 0) {
    await io.out('Nothing on the roll fits.\n');
    return exit.ok;
  }
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
  if (found.length > limit) await io.out(style.dim('… and more: a larger --limit, or --json for all\n'));
  const sum = kinds.filter((known) => counts[known]).map((known) => counted(counts[known] ?? 0, known, plural(known)));
  await io.out(style.dim(`\nOn the roll: ${sum.join(', ')}\n`));
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
