import type { App } from '../app.ts';
import type { Attribution } from '../core/attribution.ts';
import { isFingerprint } from '../core/match.ts';
import type { Claim } from '../core/owner.ts';
import type { AnyRecord, Ref } from '../core/record.ts';
import { isoDate } from '../core/time.ts';
import { breaksWithIt, withinReach } from '../core/walk.ts';
import { locationText } from './location.ts';
import { walked, walkLines } from './show-walk.ts';
import type { Style } from './style.ts';

/** A record with its owners, what it reaches and what leans on it. */
export async function recordLines(app: App, ref: Ref, style: Style): Promise<string[]> {
  const joined = await app.store.records.get(ref);
  if (!joined) return [];
  const { record, ownership } = joined;
  const { safe } = style;
  const history = await app.store.records.history(ref);
  return [
    `${style.bold(safe(record.name))} ${style.dim(safe(`${record.kind} in ${ref.source}`))}`,
    ...facts(record).map(([name, value]) => `${style.dim(name.padEnd(16))} ${safe(value)}`),
    '',
    style.bold('Owners'),
    ...(ownership.claims.length === 0
      ? ['  nobody known']
      : ownership.claims.map((claim) => `  ${claimLine(claim, safe)}`)),
    '',
    style.bold('Who built, reviewed and deployed it'),
    ...((record.attributions ?? []).length === 0
      ? ['  the source does not say']
      : await Promise.all(
          (record.attributions ?? []).map(async (said) => safe(`  ${await partLine(app, ref, said)}`)),
        )),
    '',
    style.bold('What it can reach'),
    ...(await walkLines(app, ref, withinReach, style)),
    '',
    style.bold('What breaks if it is revoked'),
    ...(await walkLines(app, ref, breaksWithIt, style)),
    '',
    style.bold('Secrets found in it'),
    ...((record.matches ?? []).length === 0
      ? ['  none']
      : (record.matches ?? []).map(({ title, masked, at }) => safe(`  ${title} ${masked}  [${locationText(at)}]`))),
    '',
    style.bold('History'),
    ...history.map(
      ({ at, type, fields }) => `  ${isoDate(at)}  ${type}${fields.length === 0 ? '' : `: ${fields.join(', ')}`}`,
    ),
    '',
    style.dim(safe(`address ${ref.source}/${record.kind}/${record.id}`)),
  ];
}

/** The same for a program. */
export async function recordJson(app: App, ref: Ref): Promise<object | undefined> {
  const joined = await app.store.records.get(ref);
  if (!joined) return undefined;
  const [reach, breaks] = [await walked(app, ref, withinReach), await walked(app, ref, breaksWithIt)];
  return { ...joined, withinReach: reach, breaksWithIt: breaks };
}

/** Platforms name people by ids of theirs; what somebody is called stands with the person. */
async function partLine(app: App, { source }: Ref, { rel, who, basis, at, evidence }: Attribution): Promise<string> {
  const known =
    who.id === undefined ? undefined : await app.store.records.nameOf({ source, kind: 'person', id: who.id });
  const name = known ?? who.name ?? who.email ?? who.login ?? who.id;
  return `${rel} ${name}${at === undefined ? '' : ` on ${isoDate(at)}`} (${evidence ?? basis})`;
}

function claimLine({ role, name, state, confidence, reason, basis }: Claim, safe: (text: string) => string): string {
  return safe(
    `${role}: ${name} (${state === 'unknown' ? 'not in a directory' : state}) — ${reason}; ${basis}, confidence ${confidence}`,
  );
}

/** What sections of their own say; of what it calls, who answers there. */
const hidden = new Set(['kind', 'name', 'graph', 'links', 'attributions', 'matches', 'gaps', 'versions', 'calls']);

function facts({ knownAs, ...record }: AnyRecord): [string, string][] {
  const names = knownAs?.filter((name) => !isFingerprint(name)) ?? [];
  const known = Object.entries({ ...record, ...(names.length > 0 && { knownAs: names }) })
    .filter(([key]) => !hidden.has(key))
    .map(([key, value]): [string, string] => [key, readable(key, value)]);
  const gaps = Object.entries(record.gaps ?? {}).map(([key, gap]): [string, string] => [key, gap.replace('-', ' ')]);
  return [...known, ...gaps];
}

function readable(key: string, value: unknown): string {
  if (typeof value === 'number' && key.endsWith('At')) return isoDate(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
