import { open, rename, rm } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { UsageError } from '../core/errors.ts';
import { reportSources } from '../app/report-sources.ts';
import type { App } from '../app.ts';
import { formats, publish, tables, type ReportFormat, type Table } from '../publish/publish.ts';
import { cannotWrite } from './cannot-write.ts';
import { exit, type Io } from './io.ts';

export interface ReportOptions {
  format?: string;
  out?: string;
  what?: string;
}

/** `rollcall report --format X --out FILE`: the register as a document; on standard output without `--out`. */
export async function report(app: App, options: ReportOptions, io: Io): Promise<number> {
  const what = options.what === undefined ? undefined : tableFrom(options.what);
  const format = options.format === undefined ? formatOf(options.out, what) : formatFrom(options.format);
  if (what !== undefined && format !== 'csv') throw new UsageError('--what goes with --format csv alone');
  const table = what === undefined ? {} : { what };
  if (options.out === undefined || options.out === '-') {
    await publish(format, await reportSources(app), async (text) => io.out(text), table);
    return exit.ok;
  }
  await writeReport(app, format, resolve(io.cwd, options.out), table);
  io.err(`wrote ${options.out}\n`);
  return exit.ok;
}

/** Writes beside the target first, readable by its owner alone, so that a broken report never replaces a good one. */
export async function writeReport(
  app: App,
  format: ReportFormat,
  file: string,
  table: { what?: Table } = {},
): Promise<void> {
  const draft = `${file}.part`;
  try {
    const handle = await open(draft, 'w', 0o600);
    try {
      await publish(format, await reportSources(app), async (text) => handle.appendFile(text), table);
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (problem) {
    await rm(draft, { force: true });
    throw cannotWrite(`${file}: the report`, problem);
  }
}

const byEnding: { readonly [ending: string]: ReportFormat } = {
  html: 'html',
  htm: 'html',
  csv: 'csv',
  json: 'json',
  sarif: 'sarif',
  md: 'markdown',
};

/** By the file's ending; on standard output a table is CSV, and the whole is for people to read. */
function formatOf(file: string | undefined, what: Table | undefined): ReportFormat {
  if (file === undefined || file === '-') return what === undefined ? 'markdown' : 'csv';
  const format = byEnding[extname(file).slice(1).toLowerCase()];
  if (format === undefined)
    throw new UsageError(`${file}: no format ends so; say which: --format ${formats.join(', ')}`);
  return format;
}

function formatFrom(text: string): ReportFormat {
  const format = formats.find((known) => known === text);
  if (!format) throw new UsageError(`"${text}" is no report format; there are: ${formats.join(', ')}`);
  return format;
}

function tableFrom(text: string): Table {
  const what = tables.find((known) => known === text);
  if (!what) throw new UsageError(`"${text}" is no table; there are: ${tables.join(', ')}`);
  return what;
}
