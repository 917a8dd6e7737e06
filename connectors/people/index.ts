import { z } from 'zod';
import {
  listConfig,
  listPages,
  placeOf,
  probeList,
  type ListReader,
  type Remark,
} from '../../src/formats/list-source.ts';
import { defineConnector, type Instant } from '../../src/sdk/index.ts';
import { columns } from './headings.ts';
import { keyOf, numberOf, personOf } from './person-of.ts';
import { settle, type Held } from './settle.ts';
import type { Silence } from './standing.ts';
import { statusOf } from './words.ts';

/** The organisation's own word on who is here and who has left, as a CSV or YAML file. */
export const people = defineConnector({
  id: 'people',
  title: 'People directory (CSV or YAML)',
  docs: {
    summary: 'Reads who works here, who has left and when, from an export of the HR system or directory.',
    vendorDocs: [],
    setup: [
      `Export the list as CSV, or write YAML with a list called "people". Columns: ${columns.names.join(', ')}; the headings of usual HR systems and directories are understood too.`,
      'Export leavers with the others, and the column that tells them apart: who is not on the list is unknown, not gone.',
      'Put ; between several e-mail addresses, teams, aliases or members. Where dates look like 03/04/2026, say `dates: day-first` or `dates: month-first`.',
    ],
    blindSpots: ['People who are missing from the export: their accounts on platforms count as unknown, not as gone.'],
  },
  config: z.strictObject(listConfig),
  async probe({ path }) {
    await probeList(path, columns);
    return { account: path, granted: 'unknown' };
  },
  streams: {
    people: {
      title: 'People',
      emits: ['person', 'container'],
      operations: [],
      requires: [{ scope: 'read access to the file', why: 'it says who owns what, and who has left' }],
      absence: 'means-gone',
      pages: (ctx) => listPages(ctx, columns, peopleReader(ctx.now)),
    },
  },
});

/** Columns in which an empty cell says something: whoever exports a switch exports it for everybody. */
const switches = ['enabled', 'blocked', 'account_control'];
const FEW = 5;
const isHere = (word: string): boolean => statusOf(word) === 'active';

function peopleReader(now: Instant): ListReader {
  const ids = { seen: new Set<string>(), twice: new Set<string>(), own: new Set<string>() };
  const held = new Map<string, Held[]>();
  let silent: Silence = { status: 'active' };
  let saysHere = false;
  const count = { here: 0, all: 0 };
  return {
    see({ cells, line }) {
      // What somebody writes by hand leaves out what goes without saying; what a system exports does not.
      saysHere ||= line !== undefined && cells.some(({ column, text }) => column === 'status' && isHere(text));
      const key = keyOf(cells);
      if (key !== undefined) (ids.seen.has(key) ? ids.twice : ids.seen).add(key);
      if (key !== undefined && cells.some(({ column, text }) => column === 'id' && numberOf(text) === key))
        ids.own.add(key);
    },
    survey({ columns: there, filled, rows }) {
      ids.seen.clear();
      const telling = (columns.vital?.columns ?? []).filter((column) => there.has(column));
      const empty = telling.filter((column) => !filled.has(column));
      const isSwitch = telling.some((column) => switches.includes(column));
      const isSilent = rows > 0 && empty.some((column) => column === 'status') && empty.length === telling.length;
      if (isSwitch || isSilent || saysHere)
        silent = { status: 'unknown', ...(empty.length < telling.length && { remark: sayNothing }) };
      return rows === 0 ? [] : surveyRemarks(telling, empty);
    },
    make(row, file) {
      const made = personOf(row, file, { silent, ids: ids.own }, now);
      if ('problem' in made) return made;
      const { item, remarks, without } = made;
      count.all++;
      if (item.record.status === 'active') count.here++;
      if (!ids.twice.has(item.record.id)) return { items: [item], remarks, without };
      const rows = held.get(item.record.id) ?? [];
      rows.push({ item, where: placeOf(row) });
      held.set(item.record.id, rows);
      return { items: [], remarks, without };
    },
    end() {
      const settled = [...held.values()].map(settle);
      const nobody = count.all >= FEW && count.here === 0;
      return {
        items: settled.map(({ item }) => item),
        remarks: [...settled.flatMap(({ remark }) => remark ?? []), ...(nobody ? [nobodyHere] : [])],
      };
    },
  };
}

const sayNothing: Remark = {
  about: 'status',
  says: 'A row says nothing of whether that person is here, though others do: whoever it is about is taken to be neither here nor gone',
};

const nobodyHere: Remark = {
  about: '',
  says: 'Nobody on the list is here: right for a list of leavers; else look whether the column of the status means what it is called',
};

function surveyRemarks(telling: readonly string[], empty: readonly string[]): Remark[] {
  if (telling.length === 0) {
    const says =
      'No column says who has left, so everybody on the list is taken to be here: export the status or the last day with it, if leavers are on the list';
    return [{ about: 'status', says, expected: 'expected' }];
  }
  return empty
    .filter((column) => column === 'status' || switches.includes(column))
    .map((column) => ({
      about: column,
      says: `${column}: no row has anything in this column, so it does not say who is here: export it again with it${column === 'enabled' ? ' (Get-MgUser needs -Property AccountEnabled)' : ''}`,
    }));
}
