import { defineConnector } from '../../src/sdk/index.ts';
import { accessKeys } from './access-keys.ts';
import { account } from './account.ts';
import { certificates } from './certificates.ts';
import { awsConfig, firstRegion, originsOf } from './config.ts';
import { federation } from './federation.ts';
import { identityCenterPeople } from './identity-center.ts';
import { judgeAws } from './judge.ts';
import { takeRole, whoAmI } from './operations.ts';
import { parameters } from './parameters.ts';
import { passwords } from './passwords.ts';
import { permissionSets } from './permission-sets.ts';
import { leastPrivilege } from './least-privilege.ts';
import { publicKeys } from './public-keys.ts';
import { roles } from './roles.ts';
import { profiles, subjects, trustAnchors } from './roles-anywhere.ts';
import { awsOf } from './sdk.ts';
import { secrets } from './secrets.ts';
import { serverCertificates } from './server-certificates.ts';
import { serviceCredentials } from './service-credentials.ts';
import { users } from './users.ts';

const streams = {
  account,
  users,
  'access-keys': accessKeys,
  passwords,
  'service-credentials': serviceCredentials,
  'public-keys': publicKeys,
  roles,
  federation,
  'server-certificates': serverCertificates,
  certificates,
  secrets,
  parameters,
  'identity-center-people': identityCenterPeople,
  'permission-sets': permissionSets,
  'trust-anchors': trustAnchors,
  'anywhere-profiles': profiles,
  'anywhere-certificates': subjects,
};

/**
 * One AWS account: its secrets and certificates in all configured regions, without their values, its IAM users, keys and
 * roles, who made them of late, and who comes in by single sign-on or with a certificate from outside.
 */
export const aws = defineConnector({
  id: 'aws',
  title: 'Amazon Web Services',
  docs: {
    summary:
      'Reads the metadata of Secrets Manager and of Parameter Store in all configured regions, of IAM: users, access keys and their last use, other credentials, roles with whom they trust, of Certificate Manager, IAM Identity Center and Roles Anywhere; who made what in the last 90 days, and whether a trail keeps what happens for longer. No value of a secret is ever asked for.',
    vendorDocs: [
      'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html',
      'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html',
      'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html',
      'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html',
      'https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html',
      'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListInstances.html',
      'https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListSubjects.html',
    ],
    setup: [
      'Create an IAM policy from the JSON below: it allows what the streams ask, and denies every read of a value.',
      'Attach it to a role that the machine on which Rollcall runs may take on: its instance, container or web-identity role, or one named by role.arn. The SDK finds such credentials by itself.',
      'Only where that cannot be: create an IAM user with this policy and an access key, and give the key by reference, as accessKey.id and accessKey.secret.',
      'List all regions in which the account keeps secrets, parameters or certificates, and the one of IAM Identity Center; us-east-1 has the certificates of CloudFront.',
    ],
    blindSpots: [
      'Regions that are not configured: their secrets, parameters and certificates are not seen.',
      'Who created a thing more than 90 days ago, or by a program: the event history forgets the one, and does not know the person behind the other. Tags name owners where somebody sets them.',
      'When a role was used more than 400 days ago, when a parameter was read, and when SSH keys and passwords for single services were used: AWS does not say.',
      'Groups of IAM Identity Center, and what its people used when. It is read from the account that has it, or that it is delegated to; other accounts of the organisation need a source each.',
      'What a certificate authority of Roles Anywhere signed and nobody has used yet, and when a certificate that was used ends.',
      'For how long a trail’s events are kept where it writes them.',
      'EC2 key pairs, and values in Lambda or container variables.',
    ],
    policies: [{ title: 'IAM policy', language: 'json', text: leastPrivilege(Object.values(streams)) }],
  },
  config: awsConfig,
  remote: {
    origins: originsOf,
    authenticate: () => ({ type: 'own' }),
    // GetResourcePolicy may be asked 50 times a second (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html);
    // IAM publishes no number, and lets a whole account have the same few.
    // Of the event history "two requests per second, per account, per region" can be had:
    // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
    limits: [
      { origin: 'cloudtrail', requests: 2, per: 1_000, concurrency: 1 },
      { requests: 20, per: 1_000, concurrency: 5 },
    ],
    classify: judgeAws,
    operations: [whoAmI, takeRole],
  },
  unlisted: {
    'session-credentials':
      'Temporary credentials that roles and single sign-on handed out are listed by no interface; they end by themselves within hours.',
    'earlier-creators':
      'No interface lists who created a secret or key more than 90 days ago; tag them with an owner, or map owners in the configuration.',
  },
  async probe(config, { http, signal }) {
    const { body } = await awsOf({ config, http, signal })(firstRegion(config)).read(whoAmI);
    const root = body.Arn.endsWith(':root');
    return {
      account: `${body.Account} as ${body.Arn}`,
      accountId: body.Account,
      granted: 'unknown',
      ...(root && { canWrite: ['everything: these are credentials of the root user'] }),
      ...(config.accessKey && { type: 'access-key' }),
    };
  },
  streams,
});
