import { describe, expect, test } from 'vitest';
import { audienceOf, isAdmin, statementsOf, trustsOf } from './policy.ts';

const statements = (...Statement: object[]) => statementsOf(JSON.stringify({ Statement })) ?? [];
const admin = (more: object): boolean => isAdmin(statements({ Effect: 'Allow', ...more }));
const own = '111111111111';

describe('who may do everything', () => {
  test('by naming it, or by naming what is left out', () => {
    expect(admin({ Action: '*', Resource: '*' })).toBe(true);
    expect(admin({ Action: ['s3:*', 'IAM:*'], Resource: ['*'] })).toBe(true);
    expect(admin({ NotAction: 's3:DeleteBucket', Resource: '*' })).toBe(true);
    expect(admin({ Action: '*', NotResource: 'arn:aws:s3:::acme-log' })).toBe(true);
  });

  test('nobody who is kept from IAM, or to some things', () => {
    expect(admin({ NotAction: ['iam:*', 'organizations:*'], Resource: '*' })).toBe(false);
    expect(admin({ Action: '*', Resource: 'arn:aws:s3:::acme-shop/*' })).toBe(false);
    expect(isAdmin(statements({ Effect: 'Deny', NotAction: 's3:*', Resource: '*' }))).toBe(false);
  });
});

describe('who is let in', () => {
  const deleted = ['AIDA', 'AROA'].map((prefix) => `${prefix}${'B'.repeat(17)}`);

  test('the ids of users and roles that were deleted let nobody in', () => {
    const policy = statements({ Effect: 'Allow', Principal: { AWS: [...deleted, `arn:aws:iam::${own}:root`] } });
    expect(trustsOf(policy, own)).toEqual([]);
    expect(audienceOf(policy, own)).toEqual({ reach: 'some', count: 1, outsiders: [] });
    expect(audienceOf(statements({ Effect: 'Allow', Principal: { AWS: deleted } }), own)).toEqual({ reach: 'private' });
  });

  test('all but some are everybody', () => {
    const policy = statements({ Effect: 'Allow', NotPrincipal: { AWS: `arn:aws:iam::${own}:user/bob` } });
    expect(audienceOf(policy, own)).toMatchObject({ reach: 'public' });
  });
});
