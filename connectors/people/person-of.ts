import { rowContent, type ListRow, type Remark } from '../../src/formats/list-source.ts';
import { person, type Instant, type Item } from '../../src/sdk/index.ts';
import { CONTINGENT, STANDING, standingOf, type Silence } from './standing.ts';
import { flagOf, isBlank, isOfOthers, isOutsider, plainTypes, typeOf } from './words.ts';

/** The person of a row with what is to be said about it and what it had to go without, or why it is none. */
export type MadePerson =
  | { item: Item<'person'>; remarks: readonly Remark[]; without: readonly string[] }
  | { problem: string };

/** What the list as a whole tells: the status of whoever a row says nothing about, and the ids that rows have. */
interface Known {
  silent: Silence;
  ids: ReadonlySet<string>;
}

/** Reads a row of the list. */
export function personOf(row: ListRow, file: string, { silent, ids }: Known, now: Instant): MadePerson {
  const remarks: Remark[] = [];
  const told = (column: string): string[] => (row.texts[column] ?? []).filter((text) => !isBlank(text));
  const whole = (column: string): string[] =>
    told(column)
      .filter((text) => isWhole(text, column, remarks))
      .map(numberOf);
  const read = <T>(column: string, what: (text: string) => T | undefined, known: string): T | undefined => {
    const [text] = told(column);
    const value = text === undefined ? undefined : what(text);
    if (text !== undefined && value === undefined)
      remarks.push({
        about: column,
        says: `${column}: a word is not known and was left out; use ${known}`,
        expected: 'expected',
      });
    return value;
  };
  const written = told('emails').flatMap(addresses);
  const emails = written.filter(isAddress);
  const without = written.length > emails.length ? ['emails: write e-mail addresses with ; between them'] : [];
  const [id, ...otherIds] = whole('id');
  // Numbers of two kinds overlap: one person's user id is another's employee id, and would make one of both.
  const aliases = [...whole('aliases').flatMap(parts), ...otherIds].filter((alias) => alias === id || !ids.has(alias));
  const key = id ?? emails[0] ?? aliases[0];
  if (key === undefined) return { problem: without[0] ?? 'an id or an e-mail address is needed' };
  const spelt = [told('first_name')[0], told('last_name')[0]].filter((part) => part !== undefined).join(' ');
  // BambooHR's preferred name is a first name alone.
  const named = [...told('name'), spelt].filter((text) => text !== '');
  const managers = whole('manager').map(nameOf);
  const kinds = told('external').map(isOutsider);
  // Entra calls a contractor a member too, who has an account of the house.
  const isOfOtherHouse =
    kinds.includes(true) || told('status').some(isOfOthers) || told('name').some((text) => CONTINGENT.test(text));
  const type = read('type', typeOf, plainTypes);
  // Directories keep no switch for groups and mailboxes.
  const quiet: Silence = type === undefined || type === 'human' || !silent.remark ? silent : { status: 'active' };
  const { status, leftAt, remarks: standingRemarks } = standingOf(row, quiet, now);
  const moved = row.days['moved_on']?.find((day) => day.is === 'day');
  const record = person({
    id: key,
    name: nameOf(
      named.find((text) => text.includes(' ')) ??
        named[0] ??
        aliases.find((alias) => alias.trim().includes(' ') && !/[,=]/.test(alias)) ??
        emails[0] ??
        key,
    ),
    status,
    emails: emails.length === 0 ? undefined : [...new Set(emails)],
    logins: aliases.length === 0 ? undefined : [...new Set(aliases)],
    type,
    manager: managers.find((manager) => manager.includes('@')) ?? managers[0],
    teams: listed('teams'),
    external: isOfOtherHouse || (kinds.includes(false) ? false : undefined),
    admin: read('admin', flagOf, 'yes or no'),
    leftAt,
    movedAt: moved?.at,
    members: listed('members'),
    directory: true,
    at: { path: file, pointer: `/${row.path.join('/')}`, ...(row.line !== undefined && { line: row.line }) },
    contents: [rowContent(row, file)],
  });
  if (row.unread.length > 0) remarks.push({ about: '', says: row.unread.map(({ says }) => says).join('; ') });
  return { item: record, remarks: [...remarks, ...standingRemarks], without };

  function listed(column: string): string[] | undefined {
    const all = told(column).flatMap(parts);
    return all.length === 0 ? undefined : all;
  }
}

/** `Lovelace, Ada (On Leave)` as platforms write it: `Ada Lovelace`. Distinguished names have commas too. */
function nameOf(text: string): string {
  const bare = text.replace(CONTINGENT, '').replace(STANDING, '');
  return bare.includes('=') ? bare : bare.replace(/^([^,]+), ([^,]+)$/, '$2 $1');
}

/** What identifies the row's person, before anything else of it is read. */
export function keyOf(cells: readonly { column: string | undefined; text: string }[]): string | undefined {
  const told = (column: string): string[] =>
    cells.flatMap((cell) => (cell.column === column && !isBlank(cell.text) ? cell.text : []));
  const whole = (column: string): string[] =>
    told(column)
      .filter((text) => !ROUNDED.test(text))
      .map(numberOf);
  return whole('id')[0] ?? told('emails').flatMap(addresses).find(isAddress) ?? whole('aliases').flatMap(parts)[0];
}

/** `1.23457E+11`: a spreadsheet took a number for a quantity and kept its first digits, which several people share. */
const ROUNDED = /^\d(?:[.,]\d+)?E\+\d+$/i;

function isWhole(text: string, column: string, remarks: Remark[]): boolean {
  if (!ROUNDED.test(text)) return true;
  remarks.push({
    about: column,
    says: `${column}: a spreadsheet has rounded a number such as 1.2E+11, which was left out: make the column text there, and export it again`,
  });
  return false;
}

const isAddress = (text: string): boolean => /^[^@\s]+@[^@\s]+$/.test(text);

/** `1001.0`: programs write whole numbers so as soon as one of their column is missing. */
export const numberOf = (text: string): string => text.replace(/^(\d+)\.0$/, '$1');

const parts = (text: string): string[] =>
  text
    .split(/[;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/**
 * Exchange writes `SMTP:ada@acme.example+smtp:a@acme.example`, and telephone and X.500 addresses between them; mail
 * programs write `Ada Lovelace <ada@acme.example>`.
 */
function addresses(text: string): string[] {
  return text
    .split(/[;|\n,]|\+(?=[a-z0-9]+:)/i)
    .map((part) =>
      part
        .trim()
        .replace(/^(?:smtp|mailto):/i, '')
        .replace(/^[^<>@]*<([^<>\s@]+@[^<>\s@]+)>$/, '$1')
        .toLowerCase(),
    )
    .filter((part) => part !== '' && !/^[a-z0-9]+:/.test(part));
}
