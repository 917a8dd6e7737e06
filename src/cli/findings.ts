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
import { counted, styles, table } from './style.ts';

const ROWS = 50;

/** `rollcall findings`: the register's findings, worst first. */
export async function findings(app: App, options: FindingsOptions, io: Io): Promise<number> {
  const limit = limitFrom(options.limit, options.json ? Number.MAX_SAFE_INTEGER : ROWS);
  const filter = await filterFrom(app, options);
  const { total } = await app.store.findings.count(filter);
  const more = total > limit ? `… and ${counted(total - limit, 'more', 'more')}: --limit ${total}\n` : '';
  if (options.json) {
    await writeList(app.store.findings.list({ ...filter, limit }), io);
    io.err(more);
    return exit.ok;
  }
  const rows = (await Array.fromAsync(app.store.findings.list({ ...filter, limit }))).flat();
  const style = styles(io);
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

/** One JSON list, page by page: a register may be larger than the memory. */
async function writeList(pages: AsyncIterable<readonly Finding[]>, io: Io): Promise<void> {
  let before = '[\n';
  for await (const page of pages) {
    for (const finding of page) {
      await io.out(`${before}${forPrograms(finding, 2)}`);
      before = ',\n';
    }
  }
  await io.out(before === '[\n' ? '[]\n' : '\n]\n');
}

function dateOf(at: Instant | null): string {
  return at === null ? '' : isoDate(at);
}

/** People's names as people write them, by id. */
export async function namesOf(app: App, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) names.set(id, await personName(app, id));
  return names;
}

/** A person's name as people write it; what is known of them when the directory knows nothing. */
export async function personName(app: App, id: string): Promise<string> {
  const plain = id.replace(/^(?:person|name):/, '');
  return (await app.store.owners.person(plain))?.name ?? plain;
}
