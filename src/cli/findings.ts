import { severities, type Finding, type Severity, type Shown } from '../core/finding.ts';
import { UsageError } from '../core/errors.ts';
import { shortId } from '../core/identity.ts';
import { DAY, isoDate } from '../core/time.ts';
import type { App } from '../app.ts';
import { inertJson } from '../core/text.ts';
import { again } from './again.ts';
import { exit, type Io } from './io.ts';
import { counted, styles, table } from './style.ts';

export interface FindingsOptions {
  severity?: string;
  check?: string;
  source?: string;
  owner?: string;
  risk?: string;
  text?: string;
  state?: string;
  limit?: string;
  json?: boolean;
}

const states: readonly Shown[] = ['open', 'accepted', 'false-positive', 'resolved', 'retired'];

/** `rollcall findings`: the register's findings, worst first. */
export async function findings(app: App, options: FindingsOptions, io: Io): Promise<number> {
  const style = styles(io);
  const limit = options.limit === undefined ? 50 : Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number above zero');
  const filter = {
    shown: shownFrom(options.state),
    ...(options.severity !== undefined && { severity: severityFrom(options.severity) }),
    ...(options.check !== undefined && { check: options.check.toUpperCase() }),
    ...(options.source !== undefined && { source: options.source }),
    ...(options.owner !== undefined && { owner: await personId(app, options.owner) }),
    ...(options.risk !== undefined && (await ofRisk(app, options.risk))),
    ...(options.text !== undefined && { text: options.text.toLowerCase() }),
  };
  const rows: Finding[] = [];
  for await (const page of app.store.findings.list({ ...filter, limit })) rows.push(...page);
  const { total } = await app.store.findings.count(filter);
  const more = total > rows.length ? `… and ${counted(total - rows.length, 'more', 'more')}: --limit ${total}\n` : '';
  if (options.json) {
    await io.out(`${inertJson(rows, 2)}\n`);
    io.err(more);
    return exit.ok;
  }
  const [first] = rows;
  if (first === undefined) {
    await io.out(`No finding fits. What could not be seen: ${again('report --format markdown', io, app)}\n`);
    return exit.ok;
  }
  const names = await ownerNames(app, rows);
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
        { title: 'check', text: ({ check }) => check },
        { title: 'what', text: ({ title }) => title, flexible: true },
        { title: 'where', text: ({ subject }) => subject.name, flexible: true },
        {
          title: 'owner',
          text: ({ owner }) => (owner === undefined ? 'nobody known' : (names.get(owner) ?? owner)),
          flexible: true,
        },
        { title: 'due', text: (row) => isoDate(row.openedAt + app.policy.sla[row.severity] * DAY) },
      ],
      io,
    ),
  );
  if (more !== '') await io.out(style.dim(more));
  await io.out(style.dim(`\nDrill down: ${again(`show ${shortId(first.id)}`, io, app)}\n`));
  return exit.ok;
}

/** A severity by name; a `UsageError` for anything else. */
export function severityFrom(text: string): Severity {
  const severity = severities.find((known) => known === text.toLowerCase());
  if (!severity) throw new UsageError(`"${text}" is no severity; there are: ${severities.join(', ')}`);
  return severity;
}

function shownFrom(text: string | undefined): readonly Shown[] {
  if (text === undefined) return ['open'];
  if (text === 'all') return states;
  const state = states.find((known) => known === text);
  if (!state) throw new UsageError(`"${text}" is no state; there are: all, ${states.join(', ')}`);
  return [state];
}

/** The joined id behind a name, e-mail or alias; the text itself for somebody nobody has read about. */
export async function personId(app: App, text: string): Promise<string> {
  return (await app.store.owners.person(text))?.id ?? (text.includes(':') ? text : `person:${text.toLowerCase()}`);
}

/** Names of the owners of these findings, by joined id. */
export async function ownerNames(app: App, rows: readonly { owner?: string }[]): Promise<Map<string, string>> {
  return namesOf(
    app,
    rows.map(({ owner }) => owner).filter((owner) => owner !== undefined),
  );
}

/** The findings that a risk is made of. */
async function ofRisk(app: App, id: string): Promise<{ initiative: string; threat: string }> {
  const risk = await app.store.register.risk(id);
  if (!risk) throw new UsageError(`--risk: no risk is called "${id}"; ids are listed by: rollcall risks`);
  return { initiative: risk.initiative, threat: risk.threat };
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
