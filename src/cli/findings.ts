import { shown, type Finding } from '../core/finding.ts';
import { shortId } from '../core/identity.ts';
import { isoDate, type Instant } from '../core/time.ts';
import { slaDue } from '../publish/facts.ts';
import type { App } from '../app.ts';
import { again } from './again.ts';
import { answering, inTable } from './answering.ts';
import { filterFrom, limitFrom, type FindingsOptions } from './filters.ts';
import { exit, type Io } from './io.ts';
import { forPrograms } from './json.ts';
import { asOfDay, endOfDay, standingAt } from './standing.ts';
import { counted, styles, table } from './style.ts';

const ROWS = 50;

/** `rollcall findings`: the register's findings, worst first. */
export async function findings(app: App, options: FindingsOptions, io: Io): Promise<number> {
  const limit = limitFrom(options.limit, options.json ? Number.MAX_SAFE_INTEGER : ROWS);
  const filter = await filterFrom(app, options);
  const then = options.asOf === undefined ? undefined : await endOfDay(app, options.asOf, io.clock());
  const listed = then === undefined ? app.store.findings.list({ ...filter, limit }) : standingAt(app, filter, then);
  const known = then === undefined ? (await app.store.findings.count(filter)).total : undefined;
  if (options.json) {
    const total = await writeList(listed, limit, io);
    io.err(moreThan(limit, known ?? total));
    return exit.ok;
  }
  const rows: Finding[] = [];
  let total = 0;
  for await (const page of listed) {
    total += page.length;
    rows.push(...page.slice(0, limit - rows.length));
  }
  const more = moreThan(limit, known ?? total);
  const style = styles(io);
  if (options.asOf !== undefined) await io.out(style.dim(asOfDay(options.asOf)));
  const [first] = rows;
  if (first === undefined) {
    await io.out(`No finding fits. What could not be seen: ${again('report --format markdown', io, app)}\n`);
    return exit.ok;
  }
  const people = await answering(
    app,
    rows.map(({ owner, assignee = owner }) => assignee),
  );
  await io.out(
    table(
      rows,
      [
        { title: 'id', text: ({ id }) => shortId(id), paint: (_row, text) => style.dim(text) },
        {
          title: 'severity',
          text: ({ severity }) => severity,
          paint: ({ severity }, text) => style.severity(severity, text),
        },
        { title: 'check', spare: true, text: ({ check }) => check },
        { title: 'what', text: ({ title }) => title, flexible: true },
        { title: 'where', text: ({ subject }) => subject.name, flexible: true },
        {
          title: 'owner',
          text: ({ owner, assignee }) => inTable(people.get(assignee ?? owner), assignee !== undefined),
          flexible: true,
        },
        ...((filter.shown ?? []).length > 1 ? [{ title: 'state', text: (row: Finding) => shown(row) }] : []),
        {
          title: 'due',
          spare: true,
          text: (row) => dateOf(slaDue(row, app.policy) ?? (shown(row) === 'accepted' ? row.dispositionUntil : null)),
        },
      ],
      io,
    ),
  );
  if (more !== '') await io.out(style.dim(more));
  await io.out(style.dim(`\nDrill down: ${again(`show ${shortId(first.id)}`, io, app)}\n`));
  return exit.ok;
}

function moreThan(limit: number, total: number): string {
  return total > limit ? `… and ${counted(total - limit, 'more', 'more')}: --limit ${total}\n` : '';
}

/** One JSON list, page by page: a register may be larger than the memory. Returns how many there were to write. */
async function writeList(pages: AsyncIterable<readonly Finding[]>, limit: number, io: Io): Promise<number> {
  let total = 0;
  for await (const page of pages) {
    for (const finding of page) {
      total += 1;
      if (total <= limit) await io.out(`${total === 1 ? '[' : ','}\n${forPrograms(finding, 2)}`);
    }
  }
  await io.out(total === 0 ? '[]\n' : '\n]\n');
  return total;
}

function dateOf(at: Instant | null): string {
  return at === null ? '' : isoDate(at);
}
