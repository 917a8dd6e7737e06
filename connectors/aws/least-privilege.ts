import type { Stream } from '../../src/sdk/index.ts';
import type { AwsConfig } from './config.ts';

/**
 * Calls that hand out values or sessions, or that undo what keeps values apart. A denial outweighs whatever another
 * policy allows: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
const neverAsked = [
  'secretsmanager:GetSecretValue',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetRandomPassword',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'ssm:GetParameterHistory',
  'acm:ExportCertificate',
  'kms:Decrypt',
  'kms:GenerateDataKey*',
  'iam:Create*',
  'iam:Update*',
  'iam:ResetServiceSpecificCredential',
  'lambda:GetFunction*',
  'apigateway:GET',
  'sts:GetFederationToken',
  'sts:GetSessionToken',
];

/** The IAM policy to paste: exactly what the streams need, and an explicit denial of every value. */
export function leastPrivilege(streams: readonly Stream<AwsConfig>[]): string {
  const allowed = new Set(streams.flatMap(({ requires }) => requires.map(({ scope }) => scope)));
  const statements = [
    { Sid: 'ReadMetadata', Effect: 'Allow', Action: [...allowed].toSorted(), Resource: '*' },
    { Sid: 'NeverReadValues', Effect: 'Deny', Action: neverAsked, Resource: '*' },
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);
}
