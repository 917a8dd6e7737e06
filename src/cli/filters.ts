import type { App } from '../app.ts';
import { UsageError } from '../core/errors.ts';
import { severities, type Severity, type Shown } from '../core/finding.ts';
import type { FindingFilter } from '../core/ports.ts';

export interface FindingsOptions {
  severity?: string;
  check?: string;
  source?: string;
  owner?: string;
  risk?: string;
  text?: string;
  state?: string;
  asOf?: string;
  limit?: string;
  json?: boolean;
}

const states: readonly Shown[] = ['open', 'accepted', 'false-positive', 'resolved', 'retired'];

/** What the options ask for. A `UsageError` where nothing could ever fit: a typing error is no clean register. */
export async function filterFrom(app: App, options: FindingsOptions): Promise<FindingFilter> {
  const { severity, check, source, owner, risk, text, state } = options;
  return {
    shown: shownFrom(state),
    ...(severity !== undefined && { severity: severityFrom(severity) }),
    ...(check !== undefined && { check: await checkFrom(app, check) }),
    ...(source !== undefined && { source: await sourceFrom(app, source) }),
    ...(owner !== undefined && { owner: await ownerFrom(app, owner) }),
    ...(risk !== undefined && (await ofRisk(app, risk))),
    ...(text !== undefined && { text: text.toLowerCase() }),
  };
}

/** How many rows are asked for. */
export function limitFrom(text: string | undefined, usual: number): number {
  const limit = text === undefined ? usual : Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number above zero');
  return limit;
}

function severityFrom(text: string): Severity {
  const severity = severities.find((known) => known === text.toLowerCase());
  if (!severity) throw new UsageError(`"${text}" is no severity; there are: ${severities.join(', ')}`);
  return severity;
}

/** A source that the register holds something of, or that is configured; `*` is what lies in several. */
export async function sourceFrom({ store, config }: Pick<App, 'store' | 'config'>, text: string): Promise<string> {
  const held = (await store.sources.holdings()).map(({ source }) => source);
  const known = [...new Set([...held, ...config.sources.map(({ id }) => id)])].toSorted();
  if (text === '*' || known.includes(text)) return text;
  // A source that was retired holds nothing any more; what was found there stays.
  if ((await store.findings.count({ shown: states, source: text })).total > 0) return text;
  throw new UsageError(`--source: the register has no "${text}"; it has: ${known.join(', ') || 'none'}`);
}

/** A check of this version, or one of an earlier version that findings still name. */
async function checkFrom({ checks, store }: App, text: string): Promise<string> {
  const id = text.toUpperCase();
  if (checks.some((known) => known.id === id)) return id;
  const { byCheck } = await store.findings.count({ shown: states });
  if (byCheck[id] !== undefined) return id;
  throw new UsageError(`--check: no check is called "${text}"; see: rollcall explain`);
}

/** The joined id behind a name, e-mail or alias; the text itself for an owner whom no directory knows. */
export async function ownerFrom({ store }: App, text: string): Promise<string> {
  const known = (await store.owners.person(text))?.id;
  if (known !== undefined) return known;
  const owner = text.includes(':') ? text : `person:${text.toLowerCase()}`;
  const { total } = await store.findings.count({ shown: states, owner });
  if (total > 0) return owner;
  throw new UsageError(
    `--owner: nobody is known as "${text}", or more than one person: give an e-mail address; see: rollcall owners`,
  );
}

function shownFrom(text: string | undefined): readonly Shown[] {
  if (text === undefined) return ['open'];
  if (text === 'all') return states;
  const state = states.find((known) => known === text);
  if (!state) throw new UsageError(`"${text}" is no state; there are: all, ${states.join(', ')}`);
  return [state];
}

/** The findings that a risk is made of. */
async function ofRisk({ store }: App, id: string): Promise<{ initiative: string; threat: string }> {
  const risk = await store.register.risk(id);
  if (!risk) throw new UsageError(`--risk: no risk is called "${id}"; ids are listed by: rollcall risks`);
  return { initiative: risk.initiative, threat: risk.threat };
}
