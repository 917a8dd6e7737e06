import { instant, type Document, type Instant, type Moment } from '../../sdk/index.ts';
import { textAt } from '../tree.ts';

/** What the credential report says about one user, root included. */
export interface ReportRow {
  name: string;
  createdAt: Instant | undefined;
  /** Someone can sign in to the console with it. */
  password: boolean;
  passwordLastUsed: Moment | undefined;
  passwordLastChanged: Instant | undefined;
  mfa: boolean;
  /** Access keys: when each was last replaced and used. */
  keys: readonly { number: number; active: boolean; lastRotated: Instant | undefined; lastUsed: Moment | undefined }[];
  /** Certificates that sign requests. */
  certificates: readonly { number: number; active: boolean; lastRotated: Instant | undefined }[];
}

export const ROOT = '<root_account>';

/** By ARN. */
export type Report = ReadonlyMap<string, ReportRow>;

/**
 * Reads a credential report; undefined where the text is none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export function readReport(text: string): Report | undefined {
  const [head = '', ...lines] = text.trim().split(/\r?\n/);
  // A spreadsheet keeps it with its own separator.
  const separator = head.includes(';') ? ';' : ',';
  const columns = cellsOf(head, separator);
  if (!columns.includes('arn') || !columns.includes('password_enabled')) return undefined;
  return new Map(
    lines.map((line, index) => {
      const cells = cellsOf(line, separator);
      const at = (column: string): string => cells[columns.indexOf(column)] ?? '';
      // What breaks off does not say that there is no key: nobody finds it under an ARN.
      const whole = cells.length >= columns.length;
      return [whole ? at('arn') : `row ${index + 1}`, rowOf(at)] as const;
    }),
  );
}

const COLUMNS = ['arn', 'user_creation_time', 'password_enabled', 'mfa_active', 'access_key_1_active'];

/** The report in a document, if it is one. */
export function reportIn({ members, syntax, text, tree }: Document): Report | undefined {
  if (members !== undefined) return undefined;
  const encoded = textAt(tree, 'ReportFormat') === 'text/csv' ? textAt(tree, 'Content') : undefined;
  const report = encoded === undefined ? text : Buffer.from(encoded, 'base64').toString('utf8');
  if (encoded === undefined && (syntax !== 'text' || tree !== undefined)) return undefined;
  const head = report.slice(0, 2_000).trimStart().split('\n', 1)[0] ?? '';
  return COLUMNS.every((column) => head.includes(column)) ? readReport(report) : undefined;
}

/** No field of the report may hold a separator: names and ARNs are made of other characters. */
function cellsOf(line: string, separator: string): string[] {
  return line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

/** `N/A`, `not_supported` and `no_information` are no times. */
function rowOf(at: (column: string) => string): ReportRow {
  return {
    name: at('user'),
    createdAt: instant(at('user_creation_time')),
    // Of root it says "not_supported", or "FALSE" where an organisation made the account without credentials of root.
    password: is(at('password_enabled')) || at('password_enabled') === 'not_supported',
    passwordLastUsed: momentOf(at, 'password_last_used', 'no_information', PASSWORDS_TRACKED_SINCE),
    passwordLastChanged: instant(at('password_last_changed')),
    mfa: is(at('mfa_active')),
    keys: [1, 2].map((number) => ({
      number,
      active: is(at(`access_key_${number}_active`)),
      lastRotated: instant(at(`access_key_${number}_last_rotated`)),
      lastUsed: momentOf(at, `access_key_${number}_last_used_date`, 'N/A', KEYS_TRACKED_SINCE),
    })),
    certificates: [1, 2].map((number) => ({
      number,
      active: is(at(`cert_${number}_active`)),
      lastRotated: instant(at(`cert_${number}_last_rotated`)),
    })),
  };
}

/** Written `true`, and `TRUE` in AWS's documentation. */
function is(cell: string): boolean {
  return cell.toLowerCase() === 'true';
}

/** "since IAM started tracking this information on October 20, 2014": https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html */
const PASSWORDS_TRACKED_SINCE = Date.UTC(2014, 9, 20);
/** "since IAM began tracking this information on April 22, 2015": https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html */
export const KEYS_TRACKED_SINCE = Date.UTC(2015, 3, 22);

/** Its word for no time means never only for a user who is younger than AWS's own count. */
function momentOf(at: (column: string) => string, column: string, none: string, since: Instant): Moment | undefined {
  const cell = at(column);
  const never = cell === none && (instant(at('user_creation_time')) ?? 0) >= since;
  return instant(cell) ?? (never ? 'never' : undefined);
}
