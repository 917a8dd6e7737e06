import { describe, expect, test } from 'vitest';
import { audienceOf, isAdmin, statementsOf, trustsOf } from '../../src/formats/aws/policy.ts';
import { wideningIn } from './widening.ts';

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

describe('who can give rights away', () => {
  const steps = (...all: object[]): string[] => wideningIn(statements(...all));
  const allow = { Effect: 'Allow', Resource: '*' };

  test('by every action that makes keys of others or changes what they may', () => {
    expect(steps({ ...allow, Action: ['s3:*', 'iam:CreateAccessKey'] })).toEqual(['iam:CreateAccessKey']);
    expect(steps({ ...allow, Action: 'IAM:Attach*', Resource: `arn:aws:iam::${own}:role/*` })).toHaveLength(3);
    expect(steps({ ...allow, NotAction: 's3:*' })).toContain('iam:PutUserPolicy');
  });

  test('nobody who reads, who manages what is their own, or who is kept from it', () => {
    expect(steps({ ...allow, Action: ['iam:Get*', 'iam:List*', 'iam:PassRole'] })).toEqual([]);
    expect(steps({ ...allow, Action: 'iam:*', Resource: `arn:aws:iam::${own}:user/\${aws:username}` })).toEqual([]);
    expect(steps({ ...allow, Action: 'iam:*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })).toEqual(
      [],
    );
    expect(steps({ ...allow, Action: '*' }, { Effect: 'Deny', Action: 'iam:*', Resource: '*' })).toEqual([]);
  });
});

describe('who is let in', () => {
  const deleted = ['AIDA', 'AROA'].map((prefix) => `${prefix}${'B'.repeat(17)}`);

  test('the ids of users and roles that were deleted let nobody in', () => {
    const policy = statements({
      Effect: 'Allow',
      Action: '*',
      Principal: { AWS: [...deleted, `arn:aws:iam::${own}:root`] },
    });
    expect(trustsOf(policy, own)).toEqual([]);
    expect(audienceOf(policy, own)).toEqual({ reach: 'some', count: 1, outsiders: [] });
    expect(audienceOf(statements({ Effect: 'Allow', Action: '*', Principal: { AWS: deleted } }), own)).toEqual({
      reach: 'private',
    });
  });

  test('all but some are everybody', () => {
    const policy = statements({ Effect: 'Allow', Action: '*', NotPrincipal: { AWS: `arn:aws:iam::${own}:user/bob` } });
    expect(audienceOf(policy, own)).toMatchObject({ reach: 'public' });
  });

  const other = '999999999999';
  const shared = (more: object) => audienceOf(statements({ Effect: 'Allow', ...more }), own);

  test('whoever may look at a secret and not into it is not let in', () => {
    expect(shared({ Action: 'secretsmanager:DescribeSecret', Principal: { AWS: other } })).toEqual({
      reach: 'private',
    });
    const actions = ['secretsmanager:Get*', 'secretsmanager:PutResourcePolicy', '*'];
    for (const Action of actions) expect(shared({ Action, Principal: { AWS: other } }).outsiders).toEqual([other]);
    const but = { NotAction: 'secretsmanager:DeleteSecret', Principal: { AWS: other } };
    expect(shared(but).outsiders).toEqual([other]);
  });

  test('everybody of another account is that account', () => {
    const everybody = { Action: 'secretsmanager:*', Principal: '*' };
    const of = (key: string, value: string) => shared({ ...everybody, Condition: { StringLike: { [key]: value } } });
    expect(of('aws:PrincipalAccount', other)).toEqual({ reach: 'some', count: 1, outsiders: [other] });
    expect(of('aws:PrincipalArn', `arn:aws:iam::${other}:role/*`)).toMatchObject({ outsiders: [other] });
    expect(of('aws:PrincipalAccount', own)).toMatchObject({ reach: 'some', outsiders: [] });
  });
});
