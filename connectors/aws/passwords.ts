import { ROOT } from '../../src/formats/aws/report.ts';
import { rootRecords, silent } from '../../src/formats/aws/root.ts';
import { credential, type Item, type Stream } from '../../src/sdk/index.ts';
import { ofUser } from './access-keys.ts';
import type { AwsConfig } from './config.ts';
import { perUser, usersAsk, usersNeed, type User } from './users.ts';

export const passwords: Stream<AwsConfig> = {
  title: 'The root user, and console passwords of IAM users',
  emits: ['identity', 'credential'],
  operations: usersAsk,
  requires: usersNeed,
  absence: 'means-gone',
  pages: (ctx) =>
    perUser(ctx, passwordOf, (report) =>
      [...report].filter(([, row]) => row.name === ROOT).flatMap(([arn, row]) => rootRecords(arn, row)),
    ),
};

/** Console passwords; machines have none. */
function passwordOf(user: User): readonly Item[] {
  const { row, human, detail } = user;
  if (!human || row === undefined) return [];
  const common = ofUser(user);
  const password = credential({
    ...common,
    id: `${detail.UserId}/password`,
    name: `Console password of ${detail.UserName}`,
    type: 'password',
    status: 'active',
    lastUsedAt: row.passwordLastUsed,
    lastRotatedAt: row.passwordLastChanged,
    // A password policy may end it; IAM does not say so here.
    expiresAt: undefined,
    tags: row.mfa ? [] : ['no MFA'],
    gaps: { ...common.gaps, createdAt: 'not-supported', expiresAt: 'not-supported', ...silent(row) },
  });
  return [password];
}
