import { instant, SourceError, type Http, type Instant, type Moment } from '../../src/sdk/index.ts';
import { readReport, writeReport } from './operations.ts';

/** What the credential report says about one user, root included. */
export interface ReportRow {
  name: string;
  /** Someone can sign in to the console with it. */
  password: boolean;
  passwordLastUsed: Moment | undefined;
  passwordLastChanged: Instant | undefined;
  mfa: boolean;
  /** Access keys that are active: when each was last replaced and used. */
  keys: readonly { number: number; active: boolean; lastRotated: Instant | undefined; lastUsed: Moment | undefined }[];
}

export const ROOT = '<root_account>';

/** By ARN. */
export type Report = ReadonlyMap<string, ReportRow>;

/**
 * The credential report. IAM writes it at most every four hours, for all users at once, of whom an account has
 * a few thousand at most: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export async function credentialReport(iam: Http): Promise<Report> {
  await iam.read(writeReport);
  const { body } = await iam.read(readReport);
  const [head, ...lines] = body.Content.trim().split(/\r?\n/);
  const columns = (head ?? '').split(',');
  if (!columns.includes('arn') || !columns.includes('password_enabled')) {
    throw new SourceError('schema', 'the credential report lacks the columns arn and password_enabled');
  }
  return new Map(
    lines.map((line) => {
      // No field of the report may hold a comma: names and ARNs are made of other characters.
      const cells = line.split(',');
      const at = (column: string): string => cells[columns.indexOf(column)] ?? '';
      return [at('arn'), rowOf(at)] as const;
    }),
  );
}

/** `N/A`, `not_supported` and `no_information` are no times. */
function rowOf(at: (column: string) => string): ReportRow {
  return {
    name: at('user'),
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
