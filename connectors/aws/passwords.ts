import { credential, identity, link, type Item, type Stream } from '../../src/sdk/index.ts';
import { ofUser } from './access-keys.ts';
import { accountOf, inAccount } from './account.ts';
import type { AwsConfig } from './config.ts';
import { ROOT, type ReportRow } from './report.ts';
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

/** The root user may do everything, and no policy holds it back; its keys are the worst that an account can have. */
function rootRecords(arn: string, row: ReportRow): Item[] {
  const id = `${accountOf(arn)}/root`;
  const common = {
    platform: 'aws',
    store: 'platform',
    status: 'active',
    admin: true,
    reach: 'all',
    scopes: ['root'],
    links: [link('authenticates', 'identity', id), inAccount(arn)],
  } as const;
  const tags = row.mfa || !row.password ? [] : ['no MFA'];
  const password = credential({
    ...common,
    id: `${id}/password`,
    name: 'Password of the root user',
    type: 'password',
    lastUsedAt: row.passwordLastUsed,
    lastRotatedAt: row.passwordLastChanged,
    tags,
    gaps: { createdAt: 'not-supported', expiresAt: 'not-supported', ...silent(row) },
  });
  const keys = row.keys
    .filter(({ active }) => active)
    .map(({ number, lastUsed, lastRotated }) =>
      credential({
        ...common,
        id: `${id}/access-key-${number}`,
        name: `Access key ${number} of the root user`,
        type: 'access-key',
        createdAt: lastRotated,
        lastUsedAt: lastUsed,
        expiresAt: 'never',
        rotation: 'manual',
        gaps: lastUsed === undefined ? { lastUsedAt: 'not-supported' } : {},
      }),
    );
  const root = identity({
    id,
    name: 'Root user',
    type: 'service-account',
    status: 'active',
    platform: 'aws',
    admin: true,
    scopes: ['root'],
    tags,
    lastInteractiveAt: row.passwordLastUsed,
    links: [inAccount(arn)],
  });
  return [root, ...(row.password ? [password] : []), ...keys];
}

function silent({ passwordLastUsed }: ReportRow): { lastUsedAt?: 'not-supported' } {
  return passwordLastUsed === undefined ? { lastUsedAt: 'not-supported' } : {};
}
