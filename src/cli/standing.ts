import type { App } from '../app.ts';
import { findingAsOf } from '../core/as-of.ts';
import { UsageError } from '../core/errors.ts';
import { severities, shown, type Finding } from '../core/finding.ts';
import type { FindingFilter, Store } from '../core/ports.ts';
import { DAY, isoDate, type Instant } from '../core/time.ts';

/**
 * The last instant of a day, UTC. Throws `UsageError` for what is no day, for one that is still to come, and for one before
 * the register began: nothing was found then because nobody looked.
 */
export async function endOfDay({ store }: App, text: string, now: Instant): Promise<Instant> {
  const start = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(start) || isoDate(start) !== text)
    throw new UsageError(`--as-of ${text} is no day; write it as YYYY-MM-DD`);
  if (start > now) throw new UsageError(`--as-of ${text} is still to come`);
  const begun = (await store.audit.entries()[Symbol.asyncIterator]().next()) as IteratorResult<
    readonly { at: Instant }[]
  >;
  const first = begun.done === true ? undefined : begun.value[0]?.at;
  const end = start + DAY - 1;
  if (first === undefined || first > end)
    throw new UsageError(
      `--as-of ${text}: the log of this register ${first === undefined ? 'is empty' : `begins on ${isoDate(first)}`}`,
    );
  return end;
}

/** What a list of another day begins with. */
export function asOfDay(text: string): string {
  return `As it stood at the end of ${text} (UTC), in today’s words\n\n`;
}

/** Findings as they stood then, worst first, page by page; what does not move with time is filtered by the store. */
export async function* standingAt(
  { store }: Pick<App, 'store'>,
  filter: FindingFilter,
  at: Instant,
): AsyncGenerator<readonly Finding[]> {
  const { shown: states, severity, owner, limit: _, ...fixed } = filter;
  const theirs = owner === undefined ? undefined : await idsOf(store, owner);
  const fits = (finding: Finding): boolean =>
    (states === undefined || states.includes(shown(finding))) &&
    (theirs === undefined || theirs.has(finding.owner ?? '') || theirs.has(finding.assignee ?? ''));
  for (const level of severity === undefined ? severities.toReversed() : [severity]) {
    for await (const page of store.findings.list(fixed)) {
      const events = await store.findings.eventsOf(page.map(({ id }) => id));
      const then = page.flatMap((finding) => findingAsOf(finding, events.get(finding.id) ?? [], at) ?? []);
      yield then.filter((finding) => finding.severity === level && fits(finding));
    }
  }
}

/** Under which ids somebody may have been known: directories come and go, and an assignment notes a name. */
export async function idsOf(store: Store, owner: string): Promise<ReadonlySet<string>> {
  const { name, aliases = [] } = (await store.owners.person(owner.replace(/^person:/, ''))) ?? {};
  return new Set([
    owner,
    ...aliases.map((alias) => `person:${alias}`),
    ...(name === undefined ? [] : [`name:${name}`]),
  ]);
}
