import { inventoryColumns, inventoryCsv, ownerColumns, ownersCsv, riskColumns, risksCsv } from './csv-tables.ts';
import { findingColumns, findingsCsv } from './csv.ts';
import { htmlReport } from './html/document.ts';
import { ir8286 } from './ir8286.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import type { Sources } from './sources.ts';

export const formats = ['html', 'csv', 'json', 'sarif', 'markdown', 'ir8286'] as const;
export type ReportFormat = (typeof formats)[number];

/** The tables that `csv` can write. */
export const tables = ['findings', 'inventory', 'risks', 'owners'] as const;
export type Table = (typeof tables)[number];

/** The columns of each table, in their order. */
export const columns: Record<Table, readonly string[]> = {
  findings: findingColumns,
  inventory: inventoryColumns,
  risks: riskColumns,
  owners: ownerColumns,
};

const csvOf: Record<Table, (sources: Sources) => AsyncGenerator<string>> = {
  findings: findingsCsv,
  inventory: inventoryCsv,
  risks: risksCsv,
  owners: ownersCsv,
};

/** A report as text, piece by piece; the same store and the same `now` give the same bytes. */
export function report(format: ReportFormat, sources: Sources, options: { what?: Table } = {}): AsyncGenerator<string> {
  switch (format) {
    case 'html':
      return htmlReport(sources);
    case 'csv':
      return csvOf[options.what ?? 'findings'](sources);
    case 'json':
      return json(sources);
    case 'sarif':
      return sarif(sources);
    case 'markdown':
      return markdown(sources);
    case 'ir8286':
      return ir8286(sources);
  }
}

/** About this much is handed to the sink at once. */
const chunk = 64 * 1024;

/** Writes a report in constant memory: the next part is made when the sink has taken the last one. */
export async function publish(
  format: ReportFormat,
  sources: Sources,
  sink: (text: string) => Promise<void>,
  options: { what?: Table } = {},
): Promise<void> {
  let waiting: string[] = [];
  let length = 0;
  for await (const piece of report(format, sources, options)) {
    waiting.push(piece);
    length += piece.length;
    if (length < chunk) continue;
    await sink(waiting.join(''));
    waiting = [];
    length = 0;
  }
  if (length > 0) await sink(waiting.join(''));
}
