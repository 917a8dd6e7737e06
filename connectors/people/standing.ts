import type { ListRow, Remark } from '../../src/formats/list-source.ts';
import { isHeading } from '../../src/formats/columns.ts';
import { readDay, type Day } from '../../src/formats/list-dates.ts';
import { DAY, type Instant, type PersonStatus } from '../../src/sdk/index.ts';
import { flagOf, isBlank, plainStatuses, statusOf } from './words.ts';

/** Who is on the list, as the row tells it. */
export interface Standing {
  status: PersonStatus;
  leftAt?: Instant;
  remarks: readonly Remark[];
}

/** What holds of whoever a row says nothing about, and what is to be said of it. */
export interface Silence {
  status: PersonStatus;
  remark?: Remark;
}

/** The first of these that any cell says holds: a list that says two things takes nobody for present. */
const weightiest: readonly PersonStatus[] = ['deleted', 'deprovisioned', 'suspended', 'unknown', 'invited', 'active'];

/** ACCOUNTDISABLE: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/useraccountcontrol-manipulate-account-properties */
const ACCOUNT_DISABLED = 0x2;

/** Weighs everything that a row says about whether somebody is still here; `silent` holds where it says nothing. */
export function standingOf(row: ListRow, silent: Silence, now: Instant): Standing {
  const remarks: Remark[] = [];
  const words = (column: string, read: (text: string) => PersonStatus | [] | undefined): PersonStatus[] =>
    (row.texts[column] ?? [])
      .filter((text) => !isBlank(text))
      .flatMap((text) => {
        const status = read(text);
        if (status === undefined) remarks.push(unknownWord(column, text));
        return status ?? 'unknown';
      });
  const leaving = [...(row.days['left_on'] ?? [])];
  const ends = leaving.some(({ is }) => is === 'day' || is === 'either')
    ? leaving
    : [...leaving, ...(row.days['contract_end'] ?? [])];
  const leftAt = firstDay(ends);
  const said = [
    ...words('status', statusOf),
    ...words('enabled', (text) => (isDay(text) ? [] : (switched(flagOf(text)) ?? statusOf(text)))),
    ...words('blocked', (text) => (isDay(text) ? 'suspended' : (switched(opposite(flagOf(text))) ?? statusOf(text)))),
    ...words('account_control', controlled),
    ...(row.texts['name'] ?? []).flatMap(inBrackets),
    ...ends.flatMap((day) => gone(day, now)),
    // A day that cannot be read may be the one of leaving.
    ...row.unread.flatMap(({ column }) => (column === 'moved_on' ? [] : (['unknown'] as const))),
  ];
  const status = weightiest.find((each) => said.includes(each)) ?? silent.status;
  if (said.length === 0 && silent.remark !== undefined) remarks.push(silent.remark);
  return { status, remarks, ...(leftAt !== undefined && { leftAt }) };
}

function unknownWord(column: string, text: string): Remark {
  // A word of letters is no secret; anything else is not repeated.
  const shown = isHeading(text) && /^[\p{L} '/().-]{1,30}$/u.test(text) ? `the word "${text}"` : 'a word';
  return {
    about: column,
    says: `${column}: ${shown} is not known, and whoever has it is taken to be neither here nor gone: write ${plainStatuses}`,
  };
}

const switched = (on: boolean | undefined): PersonStatus | undefined =>
  on === undefined ? undefined : on ? 'active' : 'suspended';
const opposite = (flag: boolean | undefined): boolean | undefined => (flag === undefined ? undefined : !flag);

/** Okta writes when somebody was activated, others when an account was closed, under the heading of a switch. */
function isDay(text: string): boolean {
  const is = readDay(text, undefined)?.is;
  return is === 'day' || is === 'either';
}

function controlled(text: string): PersonStatus | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  return (Number(text) & ACCOUNT_DISABLED) === 0 ? 'active' : 'suspended';
}

/** Workday writes `Ada Lovelace [C]` where the name of a contingent worker stands. */
export const CONTINGENT = /(?<!\s)\s*\[C\](?=$|\s*\()/;
/** Workday writes `Ada Lovelace (Terminated)` where a name stands. */
export const STANDING = /(?<!\s)\s*\((\p{L}[\p{L} -]{2,30})\)$/u;

function inBrackets(name: string): PersonStatus[] {
  const word = STANDING.exec(name.replace(CONTINGENT, ''))?.[1];
  const status = word === undefined ? undefined : statusOf(word);
  return status === undefined ? [] : [status];
}

/** A day of leaving that has passed says more than a status that nobody updated. */
function gone(day: Day, now: Instant): PersonStatus[] {
  if (day.is === 'yes') return ['deprovisioned'];
  if (day.is === 'day') return endOf(day.at) < now ? ['deprovisioned'] : [];
  if (day.is !== 'either' || endOf(day.earliest) >= now) return [];
  return endOf(day.latest) < now ? ['deprovisioned'] : ['unknown'];
}

function firstDay(days: readonly Day[]): Instant | undefined {
  const known = days.flatMap((day) => (day.is === 'day' ? endOf(day.at) : []));
  return known.length === 0 ? undefined : Math.min(...known);
}

/**
 * The day of leaving is the last one that somebody is here:
 * https://support.sage.hr/en/articles/15457841-change-an-employee-s-termination-date
 */
function endOf(at: Instant): Instant {
  return at % DAY === 0 ? at + DAY - 1 : at;
}
