import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../core/errors.ts';
import { reportSources } from '../app/report-sources.ts';
import type { App } from '../app.ts';
import { formats, publish, tables, type ReportFormat, type Table } from '../publish/publish.ts';
import { whyUnreadable } from '../config/yaml.ts';
import { exit, type Io } from './io.ts';

export interface ReportOptions {
  format?: string;
  out?: string;
  what?: string;
}

/** `rollcall report --format X --out FILE`: the register as a document; on standard output without `--out`. */
export async function report(app: App, options: ReportOptions, io: Io): Promise<number> {
  const format = formatFrom(options.format ?? formatOf(options.out));
  const what = options.what === undefined ? undefined : tableFrom(options.what);
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
    if ((problem as NodeJS.ErrnoException).code === undefined) throw problem;
    throw new UsageError(`${file}: the report cannot be written: ${whyUnreadable(problem)}`, { cause: problem });
  }
}

const byEnding: { readonly [ending: string]: ReportFormat } = {
  html: 'html',
  csv: 'csv',
  json: 'json',
  sarif: 'sarif',
  md: 'markdown',
};

function formatOf(file: string | undefined): string {
  const ending = /\.(\w+)$/.exec(file ?? '')?.[1] ?? '';
  return byEnding[ending] ?? 'markdown';
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
