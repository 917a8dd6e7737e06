import { z } from 'zod';
import type { Day } from '../../src/formats/list-dates.ts';
import {
  listConfig,
  listPages,
  placeOf,
  problemOf,
  probeList,
  rowContent,
  type ListReader,
  type ListRow,
  type Made,
} from '../../src/formats/list-source.ts';
import { defineConnector, SourceError, type Moment } from '../../src/sdk/index.ts';
import { columns } from './headings.ts';
import { recordsOf } from './records.ts';
import { refuseSecrets } from './secret-columns.ts';
import { kindOfType, rowSchema, type AttestedRow, type Dates } from './schema.ts';
import { isNobody, isOpen } from './words.ts';

/** What no interface lists, as somebody vouches for it in a CSV or YAML file. */
export const attested = defineConnector({
  id: 'attested',
  title: 'Attested inventory (CSV or YAML)',
  docs: {
    summary:
      'Reads integration keys, consents, API keys, OAuth apps, webhooks and service accounts that platforms do not list, each with its owner, approver and evidence.',
    vendorDocs: [],
    setup: [
      `Write a CSV file with a header, or YAML with a list called "items". Columns: ${columns.names.join(', ')}; platform, type and name are needed. Usual headings of such spreadsheets are understood too.`,
      `Types: ${[...kindOfType.keys()].join(', ')}.`,
      'Where all items are of one platform or type and no column says so, write `platform:` or `type:` into the source.',
      'Dates are written 2026-11-21; expires, last_used and last_rotated may be never. Where they look like 03/04/2026, say `dates: day-first` or `dates: month-first`. Never put a key itself into the file: a column of keys is refused.',
    ],
    blindSpots: [
      'Whatever nobody wrote down, and whether what is written is still true: it is as good as its last review.',
    ],
  },
  config: z.strictObject({
    ...listConfig,
    platform: z.string().min(1).max(60).optional().describe('What all items belong to that name no platform'),
    type: z
      .enum([...kindOfType.keys()])
      .optional()
      .describe('What all items are that name no type'),
  }),
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
      pages: (ctx) => listPages(ctx, columns, attestedReader(ctx.config)),
    },
  },
});

interface Defaults {
  platform?: string | undefined;
  type?: string | undefined;
}

function attestedReader({ platform, type }: Defaults): ListReader {
  const defaults: Defaults = { platform, type };
  const places = new Map<string, string>();
  return {
    see: (row, file) => refuseSecrets(row, file),
    survey({ columns: there, rows }, file) {
      const missing = (['platform', 'type'] as const).filter(
        (column) => !there.has(column) && defaults[column] === undefined,
      );
      if (rows > 0 && missing.length > 0) {
        const say = missing.map((column) => `${column}: ${column === 'type' ? 'api-key' : 'DocuSign'}`).join(' and ');
        throw new SourceError(
          'config',
          `${file}: no column says the ${missing.join(' or the ')} of its items: add it, or write such as ${say} into the source.`,
        );
      }
      return [];
    },
    make(row, file) {
      const read = made(row, file, defaults);
      if ('problem' in read) return read;
      for (const { record } of read.items) {
        const address = `${record.kind}/${record.id}`;
        const other = places.get(address);
        // The later one would take the place of the first.
        if (other !== undefined)
          return {
            problem: `${other} has the same id, or the same platform, type and name; give each an id of its own`,
          };
        places.set(address, placeOf(row));
      }
      return read;
    },
  };
}

/** Columns of which there may be several, each with some of what is listed. */
const lists = new Set(['scopes', 'approved_scopes', 'used_scopes', 'grants']);
const people = new Set(['owner', 'technical_owner', 'backup_owner', 'approver', 'requester', 'reviewer']);

interface Understood {
  words: z.output<typeof rowSchema>;
  without: readonly string[];
}

/** Without these nobody knows what a row is about, or who answers for it; any other word it can do without. */
const needed = new Set(['platform', 'type', 'name', 'id', ...people]);

function made(row: ListRow, file: string, defaults: Defaults): Made {
  const first = Object.entries(row.texts).map(([column, texts]) => {
    const said = texts.filter((text) => !isOpen(text) && !(people.has(column) && isNobody(text)));
    return [column, lists.has(column) && said.length > 0 ? said.join(' ') : said[0]];
  });
  const values: { [column: string]: unknown } = { ...defaults, ...Object.fromEntries(first) };
  const read = understood({ ...values, name: values['name'] ?? values['id'] });
  if ('problem' in read) return read;
  const { vault_path: kept, store = kept === true ? 'vault' : undefined, ...rest } = read.words;
  const item: AttestedRow = { ...rest, store, ...datesOf(row) };
  const at = { path: file, pointer: `/${row.path.join('/')}`, ...(row.line !== undefined && { line: row.line }) };
  const items = recordsOf(item, { where: `${file} row ${row.number}`, at, contents: [rowContent(row, file)] });
  return { items, without: [...read.without, ...row.unread.map(({ says }) => says)] };
}

/** The words of a row that have a meaning, and what is wrong with the others. */
function understood(values: { readonly [column: string]: unknown }): Understood | { problem: string } {
  const read = rowSchema.safeParse(values);
  if (read.success) return { words: read.data, without: [] };
  const { issues } = read.error;
  const grave = issues.find(({ path: [column] }) => needed.has(String(column)));
  if (grave !== undefined) return { problem: problemOf(grave) };
  const left = issues.map(({ path: [column] }) => [column, column === 'authentication' ? 'unknown' : undefined]);
  return { words: rowSchema.parse({ ...values, ...Object.fromEntries(left) }), without: issues.map(problemOf) };
}

function datesOf({ days }: ListRow): Dates {
  const moment = (column: string): Moment | undefined =>
    (days[column] ?? []).map(momentOf).find((at) => at !== undefined);
  const day = (column: string): number | undefined => {
    const at = moment(column);
    return at === 'never' ? undefined : at;
  };
  return {
    approved_on: day('approved_on'),
    reviewed_on: day('reviewed_on'),
    created: day('created'),
    expires: moment('expires'),
    last_used: moment('last_used'),
    last_rotated: moment('last_rotated'),
    used_since: day('used_since'),
  };
}

/** `Expires: no` is never. */
function momentOf(day: Day): Moment | undefined {
  if (day.is === 'day') return day.at;
  return day.is === 'never' || day.is === 'no' ? 'never' : undefined;
}
