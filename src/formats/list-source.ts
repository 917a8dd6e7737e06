import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import {
  container,
  onlyWithMatches,
  SourceError,
  type Content,
  type Item,
  type Json,
  type Page,
  type StreamContext,
} from '../sdk/index.ts';
import type { Columns } from './columns.ts';
import { readTable, type Row } from './table.ts';

const pageRows = 500;
const maxBytes = 64 * 1024 * 1024;

/** What a row became: its records, or why not. */
export type Made = { items: readonly Item[] } | { problem: string };

/** Pages of a list that people keep by hand: a bad row is set aside with its number, the rest goes on. */
export async function* listPages(
  ctx: StreamContext<{ path: string }>,
  columns: Columns,
  make: (row: Row, file: string) => Made,
): AsyncGenerator<Page> {
  const file = basename(ctx.config.path);
  const done = z.object({ row: z.number() }).safeParse(ctx.resume).data?.row ?? 0;
  let items: Item[] = [];
  const passedOver = (headings: readonly string[]): void =>
    ctx.blind(file, 'not-supported', `Columns that were passed over: ${headings.join(', ')}.`, 'expected');
  for await (const row of readTable(file, await bytesOf(ctx.config.path), columns, passedOver)) {
    if (row.number <= done) continue;
    ctx.signal.throwIfAborted();
    const made: Made = row.problem === undefined ? make(row, file) : { problem: row.problem };
    if ('problem' in made) {
      const where = row.line === undefined ? '' : ` (line ${row.line})`;
      ctx.blind(`${file} row ${row.number}`, 'schema', `Row ${row.number}${where} was set aside: ${made.problem}.`);
      items.push(setAside(row, file));
    } else items.push(...made.items);
    if (row.number % pageRows !== 0) continue;
    yield { items, next: { row: row.number } };
    items = [];
  }
  yield { items };
}

/** A row that says nothing usable can still hold a key that somebody pasted. */
function setAside(row: Row, file: string): Item {
  const id = `${file}#row ${row.number}`;
  return onlyWithMatches(
    container({ id, name: id, type: 'file', at: { path: file }, contents: [rowContent(row, file)] }),
  );
}

/** All cells of a row as text to scan: somebody will paste a key into one of them. */
export function rowContent(row: Row, file: string): Content {
  const tree = row.path.reduceRight<Json>((below, key) => ({ [String(key)]: below }), { ...row.rest, ...row.values });
  return { place: 'configuration', path: file, tree };
}

/** The first thing wrong with a row, by column; never the value itself. */
export function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'it cannot be read' : `${issue.path.map(String).join('.') || 'row'}: ${issue.message}`;
}

/** Can the list be read at all? */
export async function probeList(path: string, columns: Columns): Promise<void> {
  for await (const row of readTable(basename(path), await bytesOf(path), columns)) {
    if (row.number > 0) return;
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const stats = await stat(path).catch((error: unknown) => {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new SourceError(
      'config',
      `${path} ${missing ? 'does not exist: check the path' : 'cannot be read: grant read access'}.`,
    );
  });
  if (!stats.isFile()) throw new SourceError('config', `${path} is no file: name the CSV or YAML file itself.`);
  if (stats.size > maxBytes) throw new SourceError('config', `${path} is larger than ${maxBytes} bytes: split it.`);
  return readFile(path).catch(() => {
    throw new SourceError('config', `${path} cannot be read: grant read access.`);
  });
}
