import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';
import { entropy, looksRandom } from '../randomness.ts';

/**
 * Sessions end within 36 hours, and their key ids open nothing without the secret and the token beside them.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
function isOfSession(keyId: string): boolean {
  return keyId.startsWith('ASIA');
}

/** Secrets that AWS hands out. */
export const aws: readonly Detector[] = [
  defineDetector({
    id: 'aws-access-key-id',
    title: 'AWS access key id',
    provider: 'aws',
    type: 'access-key',
    confidence: 'high',
    keywords: ['akia', 'asia', 'abia', 'acca'],
    pattern: /(?<![A-Za-z0-9])(?<secret>(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})(?![A-Za-z0-9])/g,
    span: 40,
    prove: (secret) =>
      (secret.startsWith('AKIA') || /\d/.test(secret)) && (isOfSession(secret) ? { confidence: 'low' } : {}),
    examples: {
      finds: [
        (sample) => sampled('aws_access_key_id = ', `AKIA${sample.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`),
      ],
      ignores: ['AKIAIOSFODNN7EXAMPLE', 'ASIAPACIFICREGION'],
    },
  }),
  defineDetector({
    id: 'aws-secret-access-key',
    title: 'AWS secret access key',
    provider: 'aws',
    type: 'access-key',
    confidence: 'high',
    keywords: ['aws', 'secretaccesskey', 'secret_access_key', 'secret access key'],
    pattern:
      /(?:aws|secret_?access_?key)[\w. \t'"\]\\-]{0,50}(?:=>|:=|[=:,(>]){1,3}[ \t]{0,5}\\?["'`]?(?<secret>[A-Za-z0-9+/]{40})(?![\w+/=-])/gi,
    span: 160,
    prove: (secret) => entropy(secret) > 3.8 && looksRandom(secret) && !/^[a-f0-9]+$/i.test(secret) && {},
    examples: {
      finds: [
        (sample) => sampled('aws_secret_access_key = ', `${sample.alnum(19)}/${sample.alnum(20)}`),
        (sample) => sampled('"secretAccessKey": "', `${sample.alnum(12)}+${sample.alnum(27)}`, '"'),
      ],
      ignores: [
        'aws_secret_access_key = ${AWS_SECRET}',
        'aws_sha = da39a3ee5e6b4b0d3255bfef95601890afd80709',
        // Names of forty letters: a switch that every project of AWS CDK has, and a policy.
        '"@aws-cdk/aws-kms:applyImportedAliasPermissionsToPrincipal": true',
        "PolicyArn='arn:aws:iam::aws:policy/AWSSystemsManagerForSAPFullAccess'",
      ],
    },
  }),
  defineDetector({
    id: 'aws-bedrock-api-key',
    title: 'Amazon Bedrock API key',
    provider: 'aws',
    type: 'api-key',
    confidence: 'high',
    keywords: ['absk', 'bedrock-api-key-'],
    pattern:
      /(?<![\w-])(?<secret>ABSK[A-Za-z0-9+/]{109,269}={0,2}|bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9+/=]{60,2000})(?![\w+/=-])/g,
    span: 2100,
    examples: {
      finds: [
        (sample) => sampled('AWS_BEARER_TOKEN_BEDROCK=', `ABSK${sample.alnum(128)}`),
        (sample) => sampled('token: ', `bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t${sample.alnum(400)}`),
      ],
      // What every short-lived one begins with, as programs that look for it have it.
      ignores: ['ABSK-region', "'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t'"],
    },
  }),
];
