import { readReport as rowsOf, type Report } from '../../src/formats/aws/report.ts';
import { SourceError, type Http } from '../../src/sdk/index.ts';
import { readReport, writeReport } from './operations.ts';

/**
 * The credential report. IAM writes it at most every four hours, for all users at once, of whom an account has
 * a few thousand at most: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export async function credentialReport(iam: Http): Promise<Report> {
  await iam.read(writeReport);
  const { body } = await iam.read(readReport);
  const report = rowsOf(body.Content);
  if (report !== undefined) return report;
  throw new SourceError('schema', 'the credential report lacks the columns arn and password_enabled');
}
