import { z } from 'zod';
import { firstProblem, listPages, probeList, rowContent, type Made } from '../../src/formats/list-source.ts';
import type { Row } from '../../src/formats/table.ts';
import { defineConnector, person, type Instant } from '../../src/sdk/index.ts';
import { columns } from './recognise.ts';
import { rowSchema } from './schema.ts';

/** The organisation's own word on who is here and who has left, as a CSV or YAML file. */
export const people = defineConnector({
  id: 'people',
  title: 'People directory (CSV or YAML)',
  docs: {
    summary: 'Reads who works here, who has left and when, from an export of the HR system or directory.',
    vendorDocs: [],
    setup: [
      `Write a CSV file with a header, or YAML with a list called "people". Columns: ${columns.names.join(', ')}.`,
      'Put ; between several e-mail addresses, teams, aliases or members. Dates are written 2026-11-21.',
    ],
    blindSpots: ['People who are missing from the export: their accounts on platforms count as unknown, not as gone.'],
  },
  config: z.strictObject({ path: z.string().min(1) }),
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
      pages: (ctx) => listPages(ctx, columns, (row, file) => personOf(row, file, ctx.now)),
    },
  },
});

function personOf(row: Row, file: string, now: Instant): Made {
  const read = rowSchema.safeParse(row.values);
  if (!read.success) return { problem: firstProblem(read.error) };
  const { id, emails, left_on, contract_end, status, aliases, ...rest } = read.data;
  const spelt = [rest.first_name, rest.last_name].filter((part) => part !== undefined).join(' ');
  const leftAt = left_on ?? contract_end;
  const contractor = rest.external ?? (contract_end === undefined ? undefined : true);
  return {
    items: [
      person({
        id: id ?? emails?.[0]?.toLowerCase() ?? '',
        name: rest.name ?? (spelt || (emails?.[0] ?? id ?? '')),
        // A day of leaving that has passed says more than a status that nobody updated.
        status:
          status === undefined || status === 'active'
            ? leftAt !== undefined && leftAt < now
              ? 'deprovisioned'
              : (status ?? 'active')
            : status,
        emails: emails?.map((email) => email.toLowerCase()),
        logins: aliases,
        type: rest.type,
        manager: rest.manager,
        teams: rest.teams,
        external: contractor,
        admin: rest.admin,
        leftAt,
        movedAt: rest.moved_on,
        members: rest.members,
        directory: true,
        at: { path: file, pointer: `/${row.path.join('/')}`, ...(row.line !== undefined && { line: row.line }) },
        contents: [rowContent(row, file)],
      }),
    ],
  };
}
