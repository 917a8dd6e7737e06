import { connectors } from '../../connectors/index.ts';
import { UsageError } from '../core/errors.ts';
import type { Connector } from '../sdk/connector.ts';
import { exit, type Io } from './io.ts';
import { styles, table, type Column } from './style.ts';

/** `rollcall connectors [ID] [--json]`: what can be read, with which permissions, and what nobody can see. */
export async function listConnectors(id: string | undefined, options: { json?: boolean }, io: Io): Promise<number> {
  const wanted = id === undefined ? Object.keys(connectors) : [id];
  const found = await Promise.all(wanted.map(load));
  if (options.json === true) {
    await io.out(`${JSON.stringify(id === undefined ? found.map(described) : described(found[0]!), null, 2)}\n`);
    return exit.ok;
  }
  await io.out(id === undefined ? list(found, io) : page(found[0]!, io));
  return exit.ok;
}

async function load(id: string): Promise<Connector> {
  const connector = Object.hasOwn(connectors, id) ? await connectors[id]?.() : undefined;
  if (connector) return connector;
  throw new UsageError(`there is no connector "${id}"; there are: ${Object.keys(connectors).join(', ')}`);
}

/** Each once: one address may be read in two ways. */
function routes(operations: readonly { route: string }[]): string[] {
  return [...new Set(operations.map(({ route }) => route))];
}

/** What programs read: the declaration without its code. */
function described({ id, title, docs, streams, unlisted = {} }: Connector) {
  return {
    id,
    title,
    ...docs,
    streams: Object.entries(streams).map(
      ([stream, { title: named, emits, operations, requires, after = [], absence }]) => ({
        id: stream,
        title: named,
        emits,
        operations: routes(operations),
        requires,
        after,
        absence,
      }),
    ),
    unlisted,
  };
}

function list(found: readonly Connector[], io: Io): string {
  const columns: Column<Connector>[] = [
    { title: 'connector', text: ({ id }) => id },
    { title: 'platform', text: ({ title }) => title },
    { title: 'streams', text: ({ streams }) => String(Object.keys(streams).length) },
    { title: 'reads', text: ({ docs }) => docs.summary, flexible: true },
  ];
  return table(found, columns, io);
}

function page(connector: Connector, io: Io): string {
  const style = styles(io);
  const { docs, streams, unlisted = {} } = connector;
  const part = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', style.bold(title), ...lines.map((line) => `  ${line}`)];
  const scopes = new Map(
    Object.values(streams).flatMap(({ requires }) => requires.map(({ scope, why }) => [scope, why])),
  );
  return [
    `${style.bold(connector.title)} (${connector.id})`,
    docs.summary,
    ...part(
      'Set up',
      docs.setup.map((step, index) => `${index + 1}. ${step}`),
    ),
    ...part(
      'Streams',
      Object.entries(streams).flatMap(([id, { title, operations, requires }]) => [
        `${id}: ${title}`,
        ...routes(operations).map((route) => style.dim(`    ${route}`)),
        ...requires.map(({ scope }) => style.dim(`    needs ${scope}`)),
      ]),
    ),
    ...part(
      'What the streams need',
      [...scopes].map(([scope, why]) => `${scope} ${style.dim(`(${why})`)}`),
    ),
    ...(docs.policies ?? []).flatMap(({ title, text }) => part(title, text.split('\n'))),
    ...part('What it cannot see', [...docs.blindSpots, ...Object.values(unlisted)]),
    '',
  ].join('\n');
}
