import { z } from 'zod';
import { firstProblem, listPages, probeList, rowContent, type Made } from '../../src/formats/list-source.ts';
import type { Row } from '../../src/formats/table.ts';
import { defineConnector } from '../../src/sdk/index.ts';
import { columns } from './recognise.ts';
import { kindOfType, rowSchema } from './schema.ts';
import { recordsOf } from './records.ts';

/** What no interface lists, as somebody vouches for it in a CSV or YAML file. */
export const attested = defineConnector({
  id: 'attested',
  title: 'Attested inventory (CSV or YAML)',
  docs: {
    summary:
      'Reads integration keys, consents, API keys, OAuth apps, webhooks and service accounts that platforms do not list, each with its owner, approver and evidence.',
    vendorDocs: [],
    setup: [
      `Write a CSV file with a header, or YAML with a list called "items". Columns: ${columns.names.join(', ')}; platform, type and name are needed.`,
      `Types: ${[...kindOfType.keys()].join(', ')}.`,
      'Dates are written 2026-11-21; expires, last_used and last_rotated may be never. Never put a key itself into the file.',
    ],
    blindSpots: [
      'Whatever nobody wrote down, and whether what is written is still true: it is as good as its last review.',
    ],
  },
  config: z.strictObject({ path: z.string().min(1) }),
  async probe({ path }) {
    await probeList(path, columns);
    return { account: path, granted: 'unknown' };
  },
  streams: {
    items: {
      title: 'Attested items',
      emits: ['identity', 'credential', 'connection', 'endpoint', 'container'],
      operations: [],
      requires: [{ scope: 'read access to the file', why: 'it holds what no interface lists' }],
      absence: 'means-gone',
      pages: (ctx) => listPages(ctx, columns, made),
    },
  },
});

function made(row: Row, file: string): Made {
  const read = rowSchema.safeParse(row.values);
  if (!read.success) return { problem: firstProblem(read.error) };
  const at = { path: file, pointer: `/${row.path.join('/')}`, ...(row.line !== undefined && { line: row.line }) };
  return { items: recordsOf(read.data, { where: `${file} row ${row.number}`, at, contents: [rowContent(row, file)] }) };
}
