import { credential, identity, link, type Item } from '../../sdk/index.ts';
import { accountOf, inAccount } from './arn.ts';
import type { ReportRow } from './report.ts';

/** The root user may do everything, and no policy holds it back; its keys are the worst that an account can have. */
export function rootRecords(arn: string, row: ReportRow): Item[] {
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

/** What AWS does not tell of a password's use. */
export function silent({ passwordLastUsed }: ReportRow): { lastUsedAt?: 'not-supported' } {
  return passwordLastUsed === undefined ? { lastUsedAt: 'not-supported' } : {};
}
