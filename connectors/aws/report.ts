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
  keys: readonly { number: number; active: boolean; lastRotated: Instant | undefined; lastUsed: Instant | undefined }[];
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
    // Root can always sign in; its cell says "not_supported".
    password: is(at('password_enabled')) || at('user') === ROOT,
    passwordLastUsed:
      instant(at('password_last_used')) ?? neverSince(at('password_last_used'), at('user_creation_time')),
    passwordLastChanged: instant(at('password_last_changed')),
    mfa: is(at('mfa_active')),
    keys: [1, 2].map((number) => ({
      number,
      active: is(at(`access_key_${number}_active`)),
      lastRotated: instant(at(`access_key_${number}_last_rotated`)),
      lastUsed: instant(at(`access_key_${number}_last_used_date`)),
    })),
  };
}

/** Written `true`, and `TRUE` in AWS's documentation. */
function is(cell: string): boolean {
  return cell.toLowerCase() === 'true';
}

/** "since IAM started tracking this information on October 20, 2014": https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html */
const TRACKED_SINCE = Date.UTC(2014, 9, 20);

/** `no_information` means never only for a user who is younger than AWS's own count. */
function neverSince(cell: string, created: string): Moment | undefined {
  return cell === 'no_information' && (instant(created) ?? 0) >= TRACKED_SINCE ? 'never' : undefined;
}
